package io.cacheservice.internal.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CoherenceSamples;
import io.cacheservice.LatencySummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StalenessWatchTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final HeldCopies copies = new HeldCopies();
    private final List<Duration> measured = new ArrayList<>();
    private final StalenessWatch watch = new StalenessWatch(nanos -> measured.add(Duration.ofNanos(nanos)));
    private Sample sample;

    @BeforeEach
    void pick() {
        copies.hold("k");
        sample = Objects.requireNonNull(copies.pick());
    }

    @Test
    void aCopyThatIsAsRedisSaysIsConsistent() {
        compared(Comparison.SAME);

        assertThat(samples().compared()).isEqualTo(1);
        assertThat(samples().stale()).isZero();
        assertThat(watch.pauseNanos(copies.now())).isEmpty();
    }

    @Test
    void aCopyThatDiffersAndIsStillUsableIsStale() {
        compared(Comparison.DIFFERENT);

        assertThat(samples().compared()).isEqualTo(1);
        assertThat(samples().stale()).isEqualTo(1);
        assertThat(samples().staleNow()).isEqualTo(1);
        assertThat(samples().violations()).isZero();
    }

    @Test
    void aChangeThatWasHeardBeforeTheAnswerIsNoStaleness() {
        copies.change("k");
        compared(Comparison.DIFFERENT);

        assertThat(samples().undecided()).isEqualTo(1);
        assertThat(samples().compared()).isZero();
        assertThat(samples().stale()).isZero();
    }

    @Test
    void whatRedisDoesNotTellDecidesNothing() {
        compared(Comparison.UNTOLD);

        assertThat(samples().undecided()).isEqualTo(1);
        assertThat(samples().compared()).isZero();
    }

    @Test
    void aStaleCopyIsMeasuredUntilItWasLastSeenUsable() {
        compared(Comparison.DIFFERENT);
        copies.advance(SHORT);
        look();
        copies.advance(SHORT);
        copies.change("k");
        look();

        assertThat(measured).containsExactly(SHORT);
        assertThat(samples().staleNow()).isZero();
        assertThat(samples().longest()).isEqualTo(SHORT);
    }

    @Test
    void aStaleCopyThatNobodyVouchesForAnyMoreIsOver() {
        compared(Comparison.DIFFERENT);
        copies.advanceUnheard(HeldCopies.MAX_STALENESS);
        look();
        copies.advanceUnheard(SHORT);

        assertThat(look()).isEmpty();
        assertThat(measured).containsExactly(HeldCopies.MAX_STALENESS);
        assertThat(samples().violations()).isZero();
    }

    @Test
    void theLongerACopyIsStaleTheLessOftenItIsLookedAt() {
        compared(Comparison.DIFFERENT);
        assertThat(watch.pauseNanos(copies.now())).hasValue(Duration.ofMillis(1).toNanos());

        copies.advance(Duration.ofMillis(80));
        assertThat(watch.pauseNanos(copies.now()))
                .hasValue(Duration.ofMillis(10).toNanos());
    }

    @Test
    void oneThatIsStaleForLongerThanAllowedIsComparedOnceMore() {
        compared(Comparison.DIFFERENT);
        copies.advance(HeldCopies.MAX_STALENESS);
        assertThat(look()).isEmpty();

        copies.advance(Duration.ofNanos(1));
        assertThat(look()).containsExactly(sample);
        assertThat(look()).as("while the answer is on its way").isEmpty();
        assertThat(samples().violations()).isZero();
    }

    @Test
    void oneThatStillDiffersThenBreaksThePromise() {
        overdue();

        assertThat(comparedAgain(Comparison.DIFFERENT)).isTrue();
        assertThat(samples().violations()).isEqualTo(1);
        assertThat(samples().staleNow()).isEqualTo(1);
        copies.advance(SHORT);
        assertThat(look()).as("it is known").isEmpty();
        assertThat(samples().longest()).isGreaterThan(HeldCopies.MAX_STALENESS.plus(SHORT));
    }

    @Test
    void oneWhoseChangeWasHeardMeanwhileDoesNot() {
        overdue();
        copies.change("k");

        assertThat(comparedAgain(Comparison.DIFFERENT)).isFalse();
        assertThat(samples().violations()).isZero();
    }

    @Test
    void oneThatIsAsRedisSaysAgainDoesNotAndIsOver() {
        overdue();

        assertThat(comparedAgain(Comparison.SAME)).isFalse();
        assertThat(samples().violations()).isZero();
        assertThat(samples().staleNow()).isZero();
        assertThat(measured).hasSize(1);
    }

    @Test
    void oneThatRedisDidNotTellOfIsAskedForAgain() {
        overdue();

        assertThat(comparedAgain(Comparison.UNTOLD)).isFalse();
        assertThat(look()).containsExactly(sample);
    }

    @Test
    void eachSampleOfABrokenPromiseCounts() {
        compared(Comparison.DIFFERENT);
        compared(Comparison.DIFFERENT);
        copies.advance(HeldCopies.MAX_STALENESS.plusNanos(1));
        look();
        comparedAgain(Comparison.DIFFERENT);
        assertThat(samples().violations()).isEqualTo(2);

        compared(Comparison.DIFFERENT);
        assertThat(samples().violations()).isEqualTo(3);
        assertThat(samples().stale()).isEqualTo(3);
        assertThat(samples().staleNow()).isEqualTo(1);
    }

    @Test
    void fewSamplesDoNotClaimManyNines() {
        assertThat(samples().ninesWithinZero()).isZero();
        for (int i = 0; i < 999; i++) {
            compared(Comparison.SAME);
        }
        assertThat(samples().ninesWithinZero()).isEqualTo(3);
        assertThat(samples().ninesWithinMaxStaleness()).isEqualTo(3);
    }

    @Test
    void noMoreThanABoundAreFollowed() {
        for (int i = 0; i <= StalenessWatch.MOST_FOLLOWED; i++) {
            copies.hold("k");
            sample = Objects.requireNonNull(copies.pick());
            compared(Comparison.DIFFERENT);
        }

        assertThat(samples().staleNow()).isEqualTo(StalenessWatch.MOST_FOLLOWED);
        assertThat(measured).hasSize(1);
    }

    private void overdue() {
        compared(Comparison.DIFFERENT);
        copies.advance(HeldCopies.MAX_STALENESS.plusNanos(1));
        assertThat(look()).containsExactly(sample);
    }

    private void compared(Comparison comparison) {
        watch.compared(sample, comparison, copies.now());
    }

    private boolean comparedAgain(Comparison comparison) {
        return watch.comparedAgain(sample, comparison, copies.now());
    }

    private List<Sample> look() {
        return watch.look(copies.now());
    }

    private CoherenceSamples samples() {
        return watch.samples(LatencySummary.EMPTY);
    }
}
