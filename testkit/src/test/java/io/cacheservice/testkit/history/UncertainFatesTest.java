package io.cacheservice.testkit.history;

import static io.cacheservice.testkit.history.RulesTest.delete;
import static io.cacheservice.testkit.history.RulesTest.flush;
import static io.cacheservice.testkit.history.RulesTest.read;
import static io.cacheservice.testkit.history.RulesTest.remote;
import static io.cacheservice.testkit.history.RulesTest.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Writes that may not have happened, failovers that lose writes, keys that vanish. Times are in milliseconds. */
class UncertainFatesTest {
    private static final Interval FAILOVER = new Interval(100_000_000, 3_000_000_000L);

    @Test
    void anUnknownWriteNeedNotHaveHappened() {
        clean(check(write(1, 1, 0, 10), unknown(write(1, 2, 20, 30)), read(1, 1, 5_000, 5_001)));
    }

    @Test
    void anUnknownWriteMayHappenLateButNotAfterALaterOneOfItsProcess() {
        clean(check(write(1, 1, 0, 10), unknown(write(1, 2, 20, 30)), write(2, 3, 40, 50), read(2, 2, 5_000, 5_001)));
        broken(
                Rule.BOUNDED_STALENESS,
                check(write(1, 1, 0, 10), unknown(write(1, 2, 20, 30)), write(1, 3, 40, 50), read(2, 2, 5_000, 5_001)));
    }

    @Test
    void lateBytesOfABrokenConnectionAreNotReadByTheirProcess() {
        broken(
                Rule.OWN_WRITES,
                check(write(1, 1, 0, 10), unknown(write(1, 2, 20, 30)), write(1, 3, 40, 50), read(1, 2, 60, 61)));
    }

    @Test
    void aClientThatSendsOutOfOrderIsExcusedWhereItIsTold() {
        Operation[] operations = {
            write(1, 1, 0, 10), unknown(write(1, 2, 20, 30)), write(1, 3, 40, 50), read(2, 2, 5_000, 5_001)
        };
        clean(HistoryChecker.builder().late(1).build().check(History.of(operations)));
    }

    @Test
    void anUnknownDeleteExplainsThatThereIsNothing() {
        clean(check(write(1, 1, 0, 10), unknown(delete(1, 2, 20, 30)), read(2, 0, 5_000, 5_001)));
        clean(check(write(1, 1, 0, 10), unknown(delete(1, 2, 20, 30)), read(2, 1, 5_000, 5_001)));
    }

    @Test
    void nothingAfterAnUnknownDeleteProvesNoOther() {
        clean(check(
                unknown(delete(3, 1, 0, 10)),
                write(1, 2, 20, 30),
                delete(1, 3, 2_000, 2_010),
                read(2, 0, 2_005, 2_006),
                read(2, 2, 2_007, 2_008)));
    }

    @Test
    void aWriteDuringAFailoverMayBeLostAndIsCounted() {
        HistoryReport report = duringFailover(
                write(1, 1, 0, 10), write(1, 2, 200, 210), remote(2, 1, 3_010, 3_020), read(1, 1, 9_000, 9_001));
        clean(report);
        assertThat(report.lost()).isEqualTo(1);
    }

    @Test
    void aDeleteDuringAFailoverMayBeLost() {
        HistoryReport report = duringFailover(
                write(1, 1, 0, 10), delete(1, 2, 200, 210), remote(2, 1, 3_010, 3_020), read(1, 1, 9_000, 9_001));
        clean(report);
        assertThat(report.lost()).isEqualTo(1);
    }

    @Test
    void thatThereIsNothingDoesNotProveADeleteWhereALifeMayHaveEnded() {
        Operation mortal = write(1, 1, 0, 10).withLife(Duration.ofSeconds(4));
        clean(duringFailover(mortal, delete(1, 2, 200, 210), read(1, 1, 3_500, 3_501), remote(2, 0, 4_020, 4_030)));
    }

    @Test
    void whatTheNewMasterHasIsNotLostAndIsOwedAfterTheFailover() {
        clean(duringFailover(
                write(1, 1, 0, 10), write(1, 2, 200, 210), read(3, 1, 4_000, 4_001), remote(2, 2, 3_010, 3_020)));
        broken(
                Rule.BOUNDED_STALENESS,
                duringFailover(
                        write(1, 1, 0, 10),
                        write(1, 2, 200, 210),
                        remote(2, 2, 3_010, 3_020),
                        read(3, 1, 4_001, 4_002)));
    }

    @Test
    void aWriteThatOutlastsTheFailoverIsOwedFromItsOwnEnd() {
        HistoryReport report = duringFailover(
                write(1, 1, 0, 10), write(1, 2, 2_990, 3_100), remote(1, 1, 3_010, 3_020), remote(2, 2, 3_030, 3_040));
        clean(report);
        assertThat(report.lost()).isZero();
    }

    @Test
    void whatWasLostIsNotReadAfterTheBound() {
        Operation lost = write(1, 2, 200, 210);
        clean(duringFailover(write(1, 1, 0, 10), lost, remote(2, 1, 3_010, 3_020), read(3, 2, 3_990, 3_991)));
        broken(
                Rule.BOUNDED_STALENESS,
                duringFailover(write(1, 1, 0, 10), lost, remote(2, 1, 3_010, 3_020), read(3, 2, 4_001, 4_002)));
    }

    @Test
    void aWriteFromBeforeTheFailoverIsOwedDuringIt() {
        broken(
                Rule.BOUNDED_STALENESS,
                duringFailover(write(1, 1, 0, 10), write(1, 2, 20, 30), read(3, 1, 2_000, 2_001)));
    }

    @Test
    void aChangeThatIsToldToBeLostBindsNobody() {
        HistoryReport report = HistoryChecker.builder()
                .lost("k", 2)
                .build()
                .check(History.of(write(1, 1, 0, 10), write(1, 2, 20, 30), read(1, 1, 5_000, 5_001)));
        clean(report);
        assertThat(report.lost()).isEqualTo(1);
    }

    @Test
    void keysMayVanishWhenThatIsTold() {
        Interval eviction = new Interval(100_000_000, 200_000_000);
        HistoryChecker checker = HistoryChecker.builder().mayVanish(eviction).build();
        clean(checker.check(History.of(write(1, 1, 0, 10), read(1, 0, 5_000, 5_001))));
        broken(Rule.OWN_WRITES, checker.check(History.of(write(1, 1, 300, 310), read(1, 0, 320, 330))));
    }

    @Test
    void aFlushThatMayNotHaveHappenedExcusesAndDemandsNothing() {
        Operation flush = unknown(flush(20, 30));
        clean(check(write(1, 1, 0, 10), flush, read(2, 1, 5_000, 5_001)));
        clean(check(write(1, 1, 0, 10), flush, read(2, 0, 5_000, 5_001)));
    }

    @Test
    void aMarkedAnswerAndAReplicasAnswerMayBeOld() {
        Operation replica = Operation.read(2, "k", 1, 5_000_000_000L, 5_000_000_001L, Tier.REPLICA);
        clean(check(
                write(1, 1, 0, 10),
                write(1, 2, 20, 30),
                read(1, 1, 5_000, 5_001).markedStale(),
                replica));
        broken(Rule.WRITTEN_BY_SOMEBODY, check(read(2, 5, 20, 30).markedStale()));
    }

    private static HistoryReport check(Operation... operations) {
        return HistoryChecker.of(Duration.ofSeconds(1)).check(History.of(operations));
    }

    private static HistoryReport duringFailover(Operation... operations) {
        return HistoryChecker.builder().failover(FAILOVER).build().check(History.of(operations));
    }

    private static void clean(HistoryReport report) {
        report.requireClean();
    }

    private static void broken(Rule rule, HistoryReport report) {
        assertThat(report.violations()).extracting(Violation::rule).containsExactly(rule);
    }

    private static Operation unknown(Operation operation) {
        return operation.withOutcome(Outcome.UNKNOWN);
    }
}
