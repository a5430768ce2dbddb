package io.cacheservice.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.testkit.history.Operation.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of a simulated system that is right, as they are and with one read changed. */
class SimulatedHistoriesTest {
    private static final Duration BOUND = Duration.ofMillis(20);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSystemThatIsRightPasses(long seed) {
        HistoryReport report = HistoryChecker.of(BOUND).check(simulated(seed, 40_000));
        report.requireClean();
        assertThat(report.localReads()).isGreaterThan(report.reads() / 10);
        assertThat(report.staleness().maxNanos()).isBetween(1L, BOUND.toNanos() + 30_000_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44, 45, 46, 47, 48})
    void aSystemThatFailsOverPassesWhereTheFailoversAreTold(long seed) {
        SimulatedCaches caches = new SimulatedCaches(seed, 3, 20, BOUND.toNanos());
        HistoryChecker.Builder told = HistoryChecker.builder().maxStaleness(BOUND);
        for (int i = 1; i <= 5; i++) {
            told.failover(caches.failOver(i * 100_000_000L, 5_000_000));
        }
        History history = caches.run(80_000);
        HistoryReport report = told.build().check(history);
        report.requireClean();
        assertThat(report.lost()).isPositive();
        assertThat(HistoryChecker.of(BOUND).check(history).isClean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void aReadOfAVersionThatWasReplacedLongBeforeIsFound(long seed) {
        History right = simulated(seed, 40_000);
        SplittableRandom random = new SplittableRandom(seed);
        int mutants = 0;
        while (mutants < 20) {
            int read = random.nextInt(right.size());
            Operation old = replacedBefore(right, read);
            if (old != null) {
                mutants++;
                HistoryReport report = HistoryChecker.of(BOUND).check(with(right, read, old));
                assertThat(report.violations())
                        .as("%s instead of %s", old, right.get(read))
                        .extracting(Violation::rule)
                        .contains(Rule.BOUNDED_STALENESS);
            }
        }
    }

    @Test
    void aSystemWithALongerBoundIsFound() {
        History history = simulated(21, 40_000);
        HistoryReport report = HistoryChecker.of(Duration.ofMillis(5)).check(history);
        assertThat(report.violations()).extracting(Violation::rule).contains(Rule.BOUNDED_STALENESS);
    }

    @Test
    void fiveMillionOperationsAreChecked() {
        History history = new SimulatedCaches(31, 4, 1_000, BOUND.toNanos()).run(5_000_000);
        System.gc();
        long before = System.nanoTime();
        HistoryReport report = HistoryChecker.of(BOUND).check(history);
        System.out.printf(
                "5 million operations checked in %d ms%n%s%n", (System.nanoTime() - before) / 1_000_000, report);
        report.requireClean();
    }

    private static History simulated(long seed, int operations) {
        return new SimulatedCaches(seed, 3, 20, BOUND.toNanos()).run(operations);
    }

    /** The read with the last version that was written and accepted, replaced, and replaced again, all before the bound. */
    private static @Nullable Operation replacedBefore(History history, int index) {
        Operation read = history.get(index);
        if (!read.kind().isRead()) {
            return null;
        }
        Map<Long, Operation> accepted = new HashMap<>();
        for (int i = 0; i < history.size(); i++) {
            Operation o = history.get(i);
            if (o.key().equals(read.key())
                    && o.kind() == Operation.Kind.WRITE
                    && o.outcome() == Outcome.APPLIED
                    && o.endNanos() + BOUND.toNanos() < read.startNanos()) {
                accepted.put(o.version(), o);
            }
        }
        long newest = accepted.keySet().stream().mapToLong(v -> v).max().orElse(0);
        long replaced = accepted.keySet().stream()
                .mapToLong(v -> v)
                .filter(version -> version < newest)
                .max()
                .orElse(Operation.ABSENT);
        return replaced == Operation.ABSENT ? null : read.withVersion(replaced);
    }

    private static History with(History history, int index, Operation instead) {
        History changed = new History();
        for (int i = 0; i < history.size(); i++) {
            changed.add(i == index ? instead : history.get(i));
        }
        return changed;
    }
}
