package io.cacheservice.benchmarks.lag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cacheservice.benchmarks.harness.Metric;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LagsTest {
    private final Lags lags = new Lags();

    @Test
    void aPercentileIsTheLeastLagThatSoManyPerCentDoNotExceed() {
        for (int micros = 100; micros > 0; micros--) {
            write(0, 10, 10 + micros);
        }

        assertThat(lags.metrics())
                .containsEntry(Metric.P50_MICROS, 50.0)
                .containsEntry(Metric.P99_MICROS, 99.0)
                .containsEntry(Metric.MAX_MICROS, 100.0)
                .containsEntry(Metric.P50_MICROS_FROM_CALL, 60.0)
                .containsEntry(Metric.P99_MICROS_FROM_CALL, 109.0)
                .containsEntry(Metric.WRITES, 100.0);
    }

    @Test
    void whatWasSeenBeforeTheWriterWasAnsweredHasANegativeLag() {
        write(0, 10, 7);

        assertThat(lags.metrics()).containsEntry(Metric.P50_MICROS, -3.0).containsEntry(Metric.MAX_MICROS, -3.0);
    }

    @Test
    void laterThanASecondCountsFromTheReturn() {
        write(0, 10, 10 + TimeUnit.SECONDS.toMicros(1));
        assertThat(lateWrites()).isZero();

        write(0, 10, 11 + TimeUnit.SECONDS.toMicros(1));
        assertThat(lateWrites()).isOne();
    }

    @Test
    void aSliceInWhichNothingWasWrittenIsAnError() {
        assertThatIllegalStateException().isThrownBy(lags::metrics);
    }

    private double lateWrites() {
        Map<Metric, Double> metrics = lags.metrics();
        return metrics.getOrDefault(Metric.LATER_THAN_A_SECOND, Double.NaN);
    }

    private void write(long calledMicros, long returnedMicros, long seenMicros) {
        lags.add(calledMicros * 1_000, returnedMicros * 1_000, seenMicros * 1_000);
    }
}
