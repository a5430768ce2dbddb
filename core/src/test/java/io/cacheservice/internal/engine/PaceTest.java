package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    @Test
    void theFirstKeysMayGoAtOnce() {
        assertThat(new Pace(1, START).pauseMillis(START)).isZero();
    }

    @Test
    void theNextMayGoWhenTheTimeOfThoseBeforeHasPassed() {
        Pace pace = new Pace(1_000, START);
        pace.went(50, START);

        assertThat(pace.pauseMillis(START)).isEqualTo(50);
        assertThat(pace.pauseMillis(after(49))).isEqualTo(1);
        assertThat(pace.pauseMillis(after(50))).isZero();
    }

    @Test
    void aPartOfAMillisecondIsWaitedForAsAWholeOne() {
        Pace pace = new Pace(1_000, START);
        pace.went(1, START);

        assertThat(pace.pauseMillis(START + 999_999)).isEqualTo(1);
    }

    @Test
    void keysThatGoBeforeTheirTimeAreWaitedForAfterwards() {
        Pace pace = new Pace(1_000, START);
        pace.went(20, START);
        pace.went(20, START);

        assertThat(pace.pauseMillis(START)).isEqualTo(40);
    }

    @Test
    void timeThatWasLostIsNotMadeUpFor() {
        Pace pace = new Pace(1_000, START);
        pace.went(50, START);

        pace.went(50, after(60_000));

        assertThat(pace.pauseMillis(after(60_000))).isEqualTo(50);
    }

    @Test
    void whoWaitsLooksAgainSoonHoweverSlowItGoes() {
        Pace pace = new Pace(Double.MIN_VALUE, START);
        pace.went(1_000, START);

        assertThat(pace.pauseMillis(START)).isEqualTo(Pace.LONGEST_PAUSE_MILLIS);
    }

    @Test
    void withoutABoundNobodyWaits() {
        Pace pace = new Pace(0, START);
        pace.went(1_000_000, START);

        assertThat(pace.pauseMillis(START)).isZero();
        assertThat(pace.keysAtOnce(500)).isEqualTo(500);
    }

    @Test
    void aSecondsKeysGoInTenPieces() {
        assertThat(new Pace(1_000, START).keysAtOnce(500)).isEqualTo(100);
        assertThat(new Pace(1_000_000, START).keysAtOnce(500)).isEqualTo(500);
        assertThat(new Pace(0.5, START).keysAtOnce(500)).isEqualTo(1);
    }

    private static long after(long millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }
}
