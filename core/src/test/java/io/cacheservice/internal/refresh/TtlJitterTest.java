package io.cacheservice.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TtlJitterTest {
    private static final double HIGHEST = Math.nextDown(1.0);

    @Test
    void aLifeIsShortenedByATenthAtMostAndNeverLengthened() {
        assertThat(TtlJitter.shortened(60_000, 0)).isEqualTo(60_000);
        assertThat(TtlJitter.shortened(60_000, 0.5)).isEqualTo(57_000);
        assertThat(TtlJitter.shortened(60_000, HIGHEST)).isBetween(54_000L, 54_001L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 1_001, 60_000, 3_153_600_000_000L})
    void everyPartOfTheTenthIsAsLikely(long ttlMillis) {
        SplittableRandom random = new SplittableRandom(2015);
        long[] lives = LongStream.range(0, 10_000)
                .map(i -> TtlJitter.shortened(ttlMillis, random.nextDouble()))
                .toArray();

        assertThat(LongStream.of(lives).max().orElseThrow()).isLessThanOrEqualTo(ttlMillis);
        assertThat(LongStream.of(lives).min().orElseThrow()).isGreaterThanOrEqualTo((long) (ttlMillis * 0.9));
        assertThat(LongStream.of(lives).average().orElseThrow() / ttlMillis).isCloseTo(0.95, within(0.001));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999})
    void aLifeUnderASecondAndOneWithoutEndStayAsTheyAre(long ttlMillis) {
        assertThat(TtlJitter.shortened(ttlMillis, HIGHEST)).isEqualTo(ttlMillis);
    }
}
