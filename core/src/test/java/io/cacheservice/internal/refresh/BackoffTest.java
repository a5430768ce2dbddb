package io.cacheservice.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(1_000, 30_000);

    @Test
    void theLongestPauseDoublesWithEachFailureInARowUpToItsBound() {
        assertThat(backoff.longestPauseNanos(1)).isEqualTo(1_000);
        assertThat(backoff.longestPauseNanos(2)).isEqualTo(2_000);
        assertThat(backoff.longestPauseNanos(5)).isEqualTo(16_000);
        assertThat(backoff.longestPauseNanos(6)).isEqualTo(30_000);
        assertThat(backoff.longestPauseNanos(7)).isEqualTo(30_000);
    }

    @Test
    void noNumberOfFailuresIsTooMany() {
        for (int failures : new int[] {62, 63, 64, 65, 1_000, Integer.MAX_VALUE}) {
            assertThat(backoff.longestPauseNanos(failures)).isEqualTo(30_000);
            assertThat(new Backoff(1, Long.MAX_VALUE).longestPauseNanos(failures))
                    .isPositive();
        }
    }

    @Test
    void aPauseIsAnyPartOfTheLongestWithTheSameChance() {
        SplittableRandom random = new SplittableRandom(2015);
        double[] pauses = DoubleStream.generate(() -> backoff.pauseNanos(4, random.nextDouble()))
                .limit(10_000)
                .toArray();

        assertThat(DoubleStream.of(pauses).min().orElseThrow()).isBetween(1.0, 20.0);
        assertThat(DoubleStream.of(pauses).max().orElseThrow()).isBetween(7_980.0, 8_000.0);
        assertThat(DoubleStream.of(pauses).average().orElseThrow()).isCloseTo(4_000, within(40.0));
    }

    @Test
    void thereIsAlwaysAPause() {
        assertThat(backoff.pauseNanos(1, 0)).isEqualTo(1);
    }

    @Test
    void aBackoffBeginsAboveZeroAndDoesNotEndBeforeItBegins() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(2, 1))
                .withMessageContaining("from 2 ns to 1 ns is refused");
    }
}
