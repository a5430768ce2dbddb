package io.cacheservice.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    @Test
    void aComparedMetricHasItsRangeAndRatiosAndAnotherItsMedian() {
        Spread value = new Spread(1, 1, 2, 3, 3);
        List<Measurement> measurements = List.of(
                new Measurement("hit", "base", Metric.NANOS_PER_OPERATION, value, Map.of("base", value)),
                new Measurement("hit", "base", Metric.ALLOCATED_BYTES_PER_OPERATION, value, Map.of()),
                new Measurement("hit", "ours", Metric.NANOS_PER_OPERATION, value, Map.of()));

        assertThat(ResultTable.of(measurements, List.of(Metric.NANOS_PER_OPERATION)))
                .isEqualTo("""
                hit   ns/op  min-max  x base  alloc B/op
                base    2.0  1.0-3.0    2.00           2
                ours    2.0  1.0-3.0

                """);
    }
}
