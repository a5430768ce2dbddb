package io.cacheservice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    @Test
    void aNewClockAlwaysShowsTheSameNonZeroInstant() {
        assertThat(new ManualTime().nanoTime()).isNotZero().isEqualTo(new ManualTime().nanoTime());
        assertThat(Instant.ofEpochMilli(new ManualTime().epochMillis())).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void advanceMovesBothReadingsByTheSameTime() {
        ManualTime time = new ManualTime();
        long startNanos = time.nanoTime();

        time.advance(Duration.ofMillis(1500));

        assertThat(time.nanoTime() - startNanos).isEqualTo(1_500_000_000L);
        assertThat(time.epochMillis()).isEqualTo(ManualTime.START_EPOCH_MILLIS + 1500);
    }

    @Test
    void aClockStartedJustBeforeTheOverflowStillMeasuresTime() {
        ManualTime time = new ManualTime(Long.MAX_VALUE);
        time.advance(Duration.ofNanos(10));
        assertThat(time.nanoTime()).isNegative();
        assertThat(time.nanoTime() - Long.MAX_VALUE).isEqualTo(10);
    }

    @Test
    void aNegativeStepIsRefused() {
        assertThatThrownBy(() -> new ManualTime().advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.000000001S");
    }

    @Test
    void noStepIsLostWhenManyThreadsAdvance() {
        ManualTime time = new ManualTime();
        long startNanos = time.nanoTime();
        IntStream.range(0, 10_000).parallel().forEach(i -> time.advance(Duration.ofNanos(3)));
        assertThat(time.nanoTime() - startNanos).isEqualTo(30_000);
    }
}
