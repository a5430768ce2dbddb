package io.cacheservice.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each rule, with a history that keeps it and one that breaks it and no other. Times are in milliseconds; the bound is 1 second. */
class RulesTest {
    @Test
    void anOwnWriteIsReadOnceItHasReturned() {
        accepted(write(1, 1, 0, 10), write(1, 2, 20, 30), read(1, 1, 29, 35), read(1, 2, 31, 40));
        rejected(Rule.OWN_WRITES, write(1, 1, 0, 10), write(1, 2, 20, 30), read(1, 1, 31, 35));
    }

    @Test
    void anOwnDeleteIsReadOnceItHasReturned() {
        accepted(write(1, 1, 0, 10), delete(1, 2, 20, 30), read(1, 1, 29, 35), read(1, 0, 31, 40));
        rejected(Rule.OWN_WRITES, write(1, 1, 0, 10), delete(1, 2, 20, 30), read(1, 1, 31, 35));
    }

    @Test
    void anOwnWriteIsNotFollowedByNothing() {
        accepted(write(1, 1, 0, 10), read(2, 0, 11, 15));
        rejected(Rule.OWN_WRITES, write(1, 1, 0, 10), read(1, 0, 11, 15));
    }

    @Test
    void aQueuedDeleteBindsItsOwnProcessOnly() {
        Operation queued = delete(1, 2, 20, 30).withOutcome(Outcome.QUEUED);
        accepted(write(1, 1, 0, 10), queued, read(1, 0, 31, 35), read(2, 1, 5_000, 5_010));
        rejected(Rule.OWN_WRITES, write(1, 1, 0, 10), queued, read(1, 1, 31, 35));
    }

    @Test
    void aReadIsNoOlderThanTheBound() {
        accepted(write(1, 1, 0, 10), write(1, 2, 20, 30), read(2, 1, 1_030, 9_000), read(2, 2, 9_001, 9_002));
        rejected(Rule.BOUNDED_STALENESS, write(1, 1, 0, 10), write(1, 2, 20, 30), read(2, 1, 1_031, 1_035));
    }

    @Test
    void nothingIsAsOldAsTheDeleteOrTheBeginningItComesFrom() {
        accepted(write(1, 1, 0, 10), delete(1, 2, 20, 30), write(1, 3, 40, 50), read(2, 0, 1_050, 1_060));
        rejected(
                Rule.BOUNDED_STALENESS,
                write(1, 1, 0, 10),
                delete(1, 2, 20, 30),
                write(1, 3, 40, 50),
                read(2, 0, 1_051, 1_060));
        rejected(Rule.BOUNDED_STALENESS, write(1, 1, 0, 10), read(2, 0, 1_011, 1_012));
    }

    @Test
    void aDeletedValueIsNotReadAfterTheBound() {
        rejected(Rule.BOUNDED_STALENESS, write(1, 1, 0, 10), delete(1, 2, 20, 30), read(2, 1, 1_031, 1_035));
    }

    @Test
    void aFlushedValueIsNotReadAfterTheBound() {
        accepted(write(1, 1, 0, 10), flush(20, 30), read(2, 1, 1_030, 1_031), read(2, 0, 1_032, 1_033));
        rejected(Rule.BOUNDED_STALENESS, write(1, 1, 0, 10), flush(20, 30), read(2, 1, 1_031, 1_035));
        accepted(write(1, 1, 0, 25), flush(20, 30), read(2, 1, 5_000, 5_001)); // perhaps written after the flush
    }

    @Test
    void aValueIsNotReadAfterItsEndAndTheBound() {
        Operation mortal = write(1, 1, 0, 10).withLife(Duration.ofMillis(50));
        accepted(mortal, read(2, 1, 1_069, 1_071), read(2, 0, 1_072, 1_073));
        rejected(Rule.EXPIRY, mortal, read(2, 1, 1_080, 1_081));
    }

    @Test
    void anExpireEndsALifeThatHadNoEnd() {
        Operation expire = expire(1, 1, 50, 20, 30);
        accepted(write(1, 1, 0, 10), expire, read(2, 1, 1_089, 1_090), read(2, 0, 1_091, 1_092));
        rejected(Rule.EXPIRY, write(1, 1, 0, 10), expire, read(2, 1, 1_100, 1_101));
    }

    @Test
    void anExpireMayProlongALife() {
        Operation mortal = write(1, 1, 0, 10).withLife(Duration.ofMillis(50));
        accepted(mortal, expire(1, 1, 10_000, 20, 30), read(2, 1, 9_000, 9_001));
        rejected(Rule.EXPIRY, mortal, expire(1, 1, 60, 20, 30), read(2, 1, 9_000, 9_001));
    }

    @Test
    void aProcessDoesNotReadBackwards() {
        accepted(write(1, 1, 0, 10), write(1, 2, 20, 30), read(2, 2, 40, 50), read(2, 1, 49, 55), read(3, 1, 60, 61));
        rejected(Rule.MONOTONIC_READS, write(1, 1, 0, 10), write(1, 2, 20, 30), read(2, 2, 40, 50), read(2, 1, 51, 55));
    }

    @Test
    void aProcessThatFoundADeleteDoesNotReadBackwards() {
        accepted(write(1, 1, 0, 10), delete(1, 2, 20, 30), read(2, 1, 40, 50), read(2, 0, 51, 55));
        rejected(
                Rule.MONOTONIC_READS,
                write(1, 1, 0, 10),
                read(2, 1, 11, 12),
                delete(1, 2, 20, 30),
                read(2, 0, 40, 50),
                read(2, 1, 51, 55));
    }

    @Test
    void aReadDoesNotSeeTheFuture() {
        accepted(read(2, 1, 0, 10), write(1, 1, 9, 20));
        rejected(Rule.NOT_FROM_THE_FUTURE, read(2, 1, 0, 10), write(1, 1, 11, 20));
    }

    @Test
    void aReadFindsWhatSomebodyWrote() {
        accepted(write(1, 1, 0, 10).withOutcome(Outcome.UNKNOWN), read(2, 1, 20, 30));
        rejected(Rule.WRITTEN_BY_SOMEBODY, write(1, 1, 0, 10), read(2, 7, 20, 30));
        rejected(Rule.WRITTEN_BY_SOMEBODY, write(1, 1, 0, 10).withOutcome(Outcome.FAILED), read(2, 1, 20, 30));
        rejected(Rule.WRITTEN_BY_SOMEBODY, delete(1, 1, 0, 10), read(2, 1, 20, 30));
    }

    @Test
    void finalReadsAgree() {
        accepted(write(1, 1, 0, 10), last(1, 1, 500, Tier.LOCAL), last(2, 1, 510, Tier.REMOTE));
        rejected(
                Rule.AGREEMENT,
                write(1, 1, 0, 10),
                write(1, 2, 20, 30),
                last(1, 2, 500, Tier.REMOTE),
                last(2, 1, 510, Tier.LOCAL));
    }

    @Test
    void finalReadsMayFindThatALifeHasEndedInBetween() {
        Operation mortal = write(1, 1, 0, 10).withLife(Duration.ofMillis(505));
        accepted(mortal, last(1, 1, 500, Tier.LOCAL), last(2, 0, 510, Tier.REMOTE));
    }

    @Test
    void aViolationIsToldInWords() {
        HistoryReport report = HistoryChecker.of(Duration.ofSeconds(1))
                .check(History.of(
                        write(0, 4, 0, 10),
                        write(0, 5, 10_800, 10_820),
                        read(2, 4, 12_031, 12_031),
                        read(2, 5, 12_100, 12_101)));
        assertThat(report.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.words())
                    .isEqualTo("process 2 read k = v4 at 12.031000 s, 1.211000 s after process 0's write of v5 was"
                            + " accepted at 10.820000 s (bound 1.000000 s); answered by LOCAL");
            assertThat(violation.operations()).hasSize(2);
        });
        assertThat(report.staleness().maxNanos()).isEqualTo(1_211_000_000L);
        assertThat(report.staleness().staleReads()).isEqualTo(1);
        assertThatThrownBy(report::requireClean)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("k = v4");
    }

    @Test
    void anExpireThatEndedALifeIsNamed() {
        HistoryReport report = HistoryChecker.of(Duration.ofSeconds(1))
                .check(History.of(write(1, 1, 0, 10), expire(3, 1, 50, 20, 30), read(2, 1, 1_100, 1_101)));
        assertThat(report.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.words())
                    .contains("ended at 0.080000 s", "process 3 gave it a life of 50 ms at 0.020000 s");
            assertThat(violation.operations()).hasSize(3);
        });
    }

    @Test
    void ofManyViolationsTheFirstAreShownAndAllAreCounted() {
        History history = History.of(write(1, 1, 0, 10), write(1, 2, 20, 30));
        for (int i = 0; i < 100; i++) {
            history.add(read(2, 1, 3_000 - i, 3_000 - i));
        }
        HistoryReport report = HistoryChecker.of(Duration.ofSeconds(1)).check(history);
        assertThat(report.violationCount()).isEqualTo(100);
        assertThat(report.violations())
                .hasSize(5)
                .first()
                .satisfies(v -> assertThat(v.operations().get(0).startNanos()).isEqualTo(2_901_000_000L));
    }

    @Test
    void changesWhoseOrderIsNotKnownAreRefused() {
        History overlapping = History.of(write(1, 1, 0, 10), write(2, 2, 9, 20));
        History falling = History.of(write(1, 2, 0, 10), write(1, 1, 11, 20));
        HistoryChecker checker = HistoryChecker.of(Duration.ofSeconds(1));
        assertThatThrownBy(() -> checker.check(overlapping)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> checker.check(falling))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order");
    }

    private static void accepted(Operation... operations) {
        HistoryChecker.of(Duration.ofSeconds(1)).check(History.of(operations)).requireClean();
    }

    private static void rejected(Rule rule, Operation... operations) {
        History history = History.of(operations);
        HistoryReport report = HistoryChecker.of(Duration.ofSeconds(1)).check(history);
        assertThat(report.violations()).extracting(Violation::rule).containsExactly(rule);
        assertThat(HistoryChecker.builder().without(rule).build().check(history).isClean())
                .as("without the rule")
                .isTrue();
    }

    static Operation write(int process, long version, long start, long end) {
        return Operation.write(process, "k", version, start * 1_000_000, end * 1_000_000);
    }

    static Operation delete(int process, long version, long start, long end) {
        return Operation.delete(process, "k", version, start * 1_000_000, end * 1_000_000);
    }

    static Operation expire(int process, long version, long lifeMillis, long start, long end) {
        return Operation.expire(
                process, "k", version, Duration.ofMillis(lifeMillis), start * 1_000_000, end * 1_000_000);
    }

    static Operation flush(long start, long end) {
        return Operation.flush(9, start * 1_000_000, end * 1_000_000);
    }

    static Operation read(int process, long version, long start, long end) {
        return Operation.read(process, "k", version, start * 1_000_000, end * 1_000_000, Tier.LOCAL);
    }

    static Operation remote(int process, long version, long start, long end) {
        return Operation.read(process, "k", version, start * 1_000_000, end * 1_000_000, Tier.REMOTE);
    }

    static Operation last(int process, long version, long start, Tier tier) {
        return new Operation(
                process,
                0,
                Operation.Kind.FINAL_READ,
                "k",
                version,
                Operation.FOR_EVER,
                start * 1_000_000,
                start * 1_000_000 + 1,
                tier,
                Outcome.APPLIED,
                false);
    }
}
