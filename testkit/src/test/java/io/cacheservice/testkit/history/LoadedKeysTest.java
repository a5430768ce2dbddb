package io.cacheservice.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is right and wrong of keys that are loaded. Times are in milliseconds; the bound is 1 second, a load takes 2 at most. */
class LoadedKeysTest {
    @TempDir
    Path folder;

    @Test
    void anInvalidatedVersionIsNotReadAfterTheBound() {
        accepted(change(1, 1, 0, 10), change(1, 2, 20, 30), read(2, 1, 1_030, 9_000), read(2, 2, 1_031, 1_032));
        rejected(Rule.BOUNDED_STALENESS, change(1, 1, 0, 10), change(1, 2, 20, 30), read(2, 1, 1_031, 1_035));
    }

    @Test
    void anOwnInvalidationIsSeenAtOnce() {
        accepted(change(1, 1, 0, 10), change(1, 2, 20, 30), read(1, 1, 29, 35), read(1, 2, 31, 40));
        rejected(Rule.OWN_WRITES, change(1, 1, 0, 10), change(1, 2, 20, 30), read(1, 1, 31, 35));
        Operation queued = change(1, 2, 20, 30).withOutcome(Outcome.QUEUED);
        rejected(Rule.OWN_WRITES, change(1, 1, 0, 10), queued, read(1, 1, 31, 35));
        accepted(change(1, 1, 0, 10), queued, read(2, 1, 5_000, 5_001));
    }

    @Test
    void whileAnInvalidationIsUnderWayBothVersionsAreRightInAnyOrder() {
        accepted(change(1, 1, 0, 10), change(1, 2, 20, 500), read(2, 2, 21, 22), read(2, 1, 30, 31));
    }

    @Test
    void aVersionIsNotReadBeforeItIsInTheSource() {
        rejected(Rule.NOT_FROM_THE_FUTURE, read(2, 1, 0, 19), change(1, 1, 20, 30));
        rejected(Rule.WRITTEN_BY_SOMEBODY, change(1, 1, 20, 30), read(2, 7, 40, 41));
    }

    @Test
    void whatIsRemovedFromTheSourceIsReadAsNothing() {
        accepted(change(1, 1, 0, 10), remove(1, 2, 20, 30), read(2, 0, 25, 26), read(2, 0, 5_000, 5_001));
        rejected(Rule.BOUNDED_STALENESS, change(1, 1, 0, 10), remove(1, 2, 20, 30), read(2, 1, 1_031, 1_032));
        rejected(Rule.BOUNDED_STALENESS, change(1, 1, 0, 10), read(2, 0, 1_011, 1_012));
        rejected(Rule.BOUNDED_STALENESS, remove(1, 1, 0, 10), change(1, 2, 20, 30), read(2, 0, 1_031, 1_032));
    }

    @Test
    void anInvalidationThatMayNotHaveBeenAcceptedBindsNobody() {
        Operation unknown = change(1, 2, 20, 30).withOutcome(Outcome.UNKNOWN);
        accepted(change(1, 1, 0, 10), unknown, read(1, 1, 5_000, 5_001), read(1, 2, 5_000, 5_001));
    }

    @Test
    void whatIsMarkedAsStaleIsNotOlderThanAnInvalidationThatWasHeard() {
        Operation alone = read(2, 1, 5_000, 5_001).markedStale();
        accepted(change(1, 1, 0, 10), change(1, 2, 20, 30), alone);
        Operation own = read(1, 1, 5_000, 5_001).markedStale();
        rejected(Rule.OWN_WRITES, change(1, 1, 0, 10), change(1, 2, 20, 30), own);
        Operation asked = RulesTest.remote(2, 1, 5_000, 5_001).markedStale();
        rejected(Rule.BOUNDED_STALENESS, change(1, 1, 0, 10), change(1, 2, 20, 30), asked);
    }

    @Test
    void aFlushMakesNothingOlder() {
        accepted(change(1, 1, 0, 10), RulesTest.flush(20, 30), read(2, 1, 5_000, 5_001));
    }

    @Test
    void anInvalidationThatAFailoverMayHaveLostBindsNobodyAndIsCounted() {
        HistoryChecker checker = HistoryChecker.builder()
                .failover(new Interval(15_000_000, 100_000_000))
                .build();
        HistoryReport report = checker.check(History.of(
                change(1, 1, 0, 10),
                change(1, 2, 20, 30),
                read(2, 1, 1_101, 1_102),
                read(1, 1, 1_103, 1_104),
                read(2, 2, 1_105, 1_106)));
        report.requireClean();
        assertThat(report.lost()).isEqualTo(1);
    }

    @Test
    void twoProcessesDoNotLoadOneVersionAtOnce() {
        accepted(change(1, 1, 0, 10), load(1, 1, 1_000, 1_100), load(2, 1, 1_101, 1_200));
        rejected(Rule.ONE_LOAD, change(1, 1, 0, 10), load(1, 1, 1_000, 1_100), load(2, 1, 1_099, 1_200));
    }

    @Test
    void aLoadMayBeginBesideOneThatHasLostItsRight() {
        accepted(change(1, 1, 0, 1_050), load(1, 1, 1_000, 1_100), load(2, 1, 1_060, 1_200)); // by the invalidation
        accepted(
                change(1, 1, 0, 10),
                load(1, 1, 1_000, 1_100),
                Operation.invalidate(3, "k", 1_020_000_000, 1_030_000_000),
                load(2, 1, 1_060, 1_200));
        accepted(change(1, 1, 0, 10), load(1, 1, 1_000, 9_000), load(2, 1, 3_000, 3_100)); // by its time
        accepted(change(1, 1, 0, 10), change(1, 2, 950, 990), load(1, 1, 1_000, 1_100), load(2, 2, 1_000, 1_100));
    }

    @Test
    void aProcessLoadsAKeyOnceAtATime() {
        accepted(change(1, 1, 0, 10), load(1, 1, 1_000, 1_100), load(1, 1, 1_101, 1_200));
        accepted(change(1, 1, 0, 10), load(1, 1, 1_000, 9_000), load(1, 1, 3_000, 3_100));
        rejected(Rule.ONE_LOAD_IN_A_PROCESS, change(1, 1, 0, 10), load(1, 1, 1_000, 1_100), load(1, 1, 1_099, 1_200));
    }

    @Test
    void duplicateLoadsAreCountedThoughNobodyLooksAtTheRule() {
        HistoryReport report = HistoryChecker.builder()
                .without(Rule.ONE_LOAD)
                .build()
                .check(History.of(change(1, 1, 0, 10), load(1, 1, 1_000, 1_100), load(2, 1, 1_050, 1_200)));
        report.requireClean();
        assertThat(report.duplicateLoads()).isEqualTo(1);
        assertThat(report.loads()).isEqualTo(2);
        assertThat(report).asString().contains("2 loads (1 duplicate)");
    }

    @Test
    void aViolationSaysWhatWasInvalidated() {
        HistoryReport report = HistoryChecker.of(Duration.ofSeconds(1))
                .check(History.of(change(1, 1, 0, 10), change(1, 2, 20, 30), read(2, 1, 1_131, 1_135)));
        assertThat(report.violations())
                .singleElement()
                .hasToString("BOUNDED_STALENESS: process 2 read k = v1 at 1.131000 s, 1.101000 s after process 1's"
                        + " invalidation after v2 was written to the source was accepted at 0.030000 s"
                        + " (bound 1.000000 s); answered by LOCAL");
    }

    @Test
    void aKeyThatIsLoadedIsNotWrittenOtherwise() {
        History mixed = History.of(change(1, 1, 0, 10), RulesTest.write(1, 2, 20, 30));
        HistoryChecker checker = HistoryChecker.of(Duration.ofSeconds(1));
        assertThatThrownBy(() -> checker.check(mixed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("change its source instead");
    }

    @Test
    void whatIsRecordedOfSourcesAndLoadsIsReadAgain() throws Exception {
        Path file = folder.resolve("process-0");
        try (HistoryRecorder recorder = HistoryRecorder.create(file, 4)) {
            recorder.changeSource("k", 1, () -> WriteOutcome.APPLIED);
            recorder.hasLoaded("k", 1, Duration.ofSeconds(1), System.nanoTime(), Outcome.APPLIED);
            recorder.readAll(() -> Map.of("k", new Lookup.Absent<Long>(Tier.SOURCE, Reason.LOADED)), Long::longValue);
            Map<String, Lookup<Long>> none = new LinkedHashMap<>();
            recorder.readAll(() -> none, Long::longValue);
            recorder.hasInvalidated("k", System.nanoTime(), Outcome.UNKNOWN);
            recorder.removeFromSource("k", 2, () -> WriteOutcome.QUEUED);
        }
        History history = History.read(List.of(file));
        assertThat(history.size()).isEqualTo(5);
        assertThat(IntStream.range(0, 5).mapToObj(history::get))
                .extracting(Operation::kind)
                .containsExactly(Kind.CHANGE, Kind.LOAD, Kind.READ, Kind.INVALIDATE, Kind.REMOVE);
        assertThat(history.get(1).tier()).isEqualTo(Tier.SOURCE);
        assertThat(history.get(2).version()).isEqualTo(Operation.ABSENT);
        assertThat(history.get(4).outcome()).isEqualTo(Outcome.QUEUED);
    }

    private static void accepted(Operation... operations) {
        checker().build().check(History.of(operations)).requireClean();
    }

    private static void rejected(Rule rule, Operation... operations) {
        History history = History.of(operations);
        HistoryReport report = checker().build().check(history);
        assertThat(report.violations()).extracting(Violation::rule).containsExactly(rule);
        assertThat(checker().without(rule).build().check(history).isClean())
                .as("without the rule")
                .isTrue();
    }

    private static HistoryChecker.Builder checker() {
        return HistoryChecker.builder();
    }

    private static Operation change(int process, long version, long start, long end) {
        return Operation.change(process, "k", version, start * 1_000_000, end * 1_000_000);
    }

    private static Operation remove(int process, long version, long start, long end) {
        return Operation.remove(process, "k", version, start * 1_000_000, end * 1_000_000);
    }

    private static Operation load(int process, long version, long start, long end) {
        return Operation.load(process, "k", version, start * 1_000_000, end * 1_000_000)
                .withLife(Duration.ofSeconds(2));
    }

    private static Operation read(int process, long version, long start, long end) {
        return RulesTest.read(process, version, start, end);
    }
}
