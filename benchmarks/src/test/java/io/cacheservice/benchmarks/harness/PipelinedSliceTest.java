package io.cacheservice.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelinedSliceTest {
    @Test
    void ratesAreOfOperationsCostsAreSharedAndLatenciesAreThoseOfTheCall() throws InterruptedException {
        Slice calls = length -> Map.of(
                Metric.OPERATIONS_PER_SECOND, 100.0,
                Metric.CLIENT_CPU_MICROS_PER_OPERATION, 80.0,
                Metric.SERVER_CPU_MICROS_PER_OPERATION, 40.0,
                Metric.ALLOCATED_BYTES_PER_OPERATION, 800.0,
                Metric.P99_MICROS, 500.0);

        assertThat(new PipelinedSlice(calls, 8).run(Duration.ZERO))
                .containsOnly(
                        Map.entry(Metric.OPERATIONS_PER_SECOND, 800.0),
                        Map.entry(Metric.CLIENT_CPU_MICROS_PER_OPERATION, 10.0),
                        Map.entry(Metric.SERVER_CPU_MICROS_PER_OPERATION, 5.0),
                        Map.entry(Metric.ALLOCATED_BYTES_PER_OPERATION, 100.0),
                        Map.entry(Metric.P99_MICROS, 500.0));
    }
}
