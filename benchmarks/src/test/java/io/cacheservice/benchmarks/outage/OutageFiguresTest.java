package io.cacheservice.benchmarks.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.outage.OutageLog.Marks;
import io.cacheservice.benchmarks.outage.ReadLog.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All is well for a second, Redis is away from 1 s to 4 s, and back until 5 s; times are in milliseconds. */
class OutageFiguresTest {
    private final ReadLog reads = new ReadLog();

    @BeforeEach
    void aReadInEachPart() {
        read(10, 11, Outcome.CACHED);
        read(1_400, 1_401, Outcome.LOADED);
        read(3_000, 3_001, Outcome.LOADED);
        read(4_990, 4_991, Outcome.LOADED);
    }

    @Test
    void aReadThatNobodyAnsweredCountsFromItsBeginToTheRepair() {
        read(999, 1_000, Outcome.CACHED);
        read(1_500, 4_100, Outcome.CACHED);

        assertThat(part("first"))
                .containsEntry(Metric.P999_MILLIS, 2_500.0)
                .containsEntry(Metric.READS_PER_SECOND, 2.0);
        assertThat(part("later")).containsEntry(Metric.P99_MILLIS, 2_500.0).containsEntry(Metric.READS_PER_SECOND, 0.5);
    }

    @Test
    void whatTheFaultDelayedIsNotCountedBeforeIt() {
        read(500, 502, Outcome.CACHED);
        read(990, 1_055, Outcome.LOADED);

        assertThat(part("before")).containsEntry(Metric.P999_MILLIS, 2.0);
        assertThat(part("first")).containsEntry(Metric.P999_MILLIS, 65.0);
    }

    @Test
    void whatTheFaultDelayedIsNotCountedAfterIt() {
        read(1_500, 4_100, Outcome.CACHED);
        read(4_200, 4_201, Outcome.CACHED);

        assertThat(part("after")).containsEntry(Metric.P999_MILLIS, 1.0);
    }

    @Test
    void untilRedisIsLeftAloneOnlyReadsCountThatHadBegunByThen() {
        read(1_000, 1_055, Outcome.LOADED);
        read(1_070, 1_090, Outcome.LOADED);

        Map<Metric, Double> first = part("first", 1_060);
        assertThat(first)
                .containsEntry(Metric.LEFT_ALONE_AFTER_MILLIS, 60.0)
                .containsEntry(Metric.P99_UNTIL_LEFT_ALONE_MILLIS, 55.0);
    }

    @Test
    void errorsAreNoAnswers() {
        read(2_100, 2_150, Outcome.FAILED);
        read(2_200, 2_205, Outcome.LOADED);

        assertThat(part("later"))
                .containsEntry(Metric.ERRORS_PER_SECOND, 0.5)
                .containsEntry(Metric.READS_PER_SECOND, 1.0)
                .containsEntry(Metric.LOADS_PER_SECOND, 100.0);
    }

    @Test
    void itIsNormalAgainFromTheFirstTenthOfASecondWhoseReadsTheCacheAnswers() {
        for (int at = 4_000; at < 5_000; at += 10) {
            read(at + 1, at + 6, at < 4_300 ? Outcome.LOADED : Outcome.CACHED);
        }

        assertThat(part("after")).containsEntry(Metric.NORMAL_AFTER_MILLIS, 300.0);
    }

    @Test
    void whereTheSourceAnswersAllItIsNotNormalToTheEnd() {
        read(4_500, 4_505, Outcome.LOADED);

        assertThat(part("after")).containsEntry(Metric.NORMAL_AFTER_MILLIS, 1_000.0);
    }

    private void read(long beginMillis, long endMillis, Outcome outcome) {
        reads.add(nanos(beginMillis), nanos(endMillis), outcome);
    }

    private Map<Metric, Double> part(String name) {
        return part(name, Long.MAX_VALUE);
    }

    private Map<Metric, Double> part(String name, long leftAloneAtMillis) {
        Marks marks = new Marks(0, nanos(1_000), nanos(2_000), nanos(4_000), nanos(5_000));
        OutageLog log = new OutageLog(
                List.of(reads),
                marks,
                new Marks(0, 0, 100, 300, 300),
                leftAloneAtMillis == Long.MAX_VALUE ? OutageLog.NEVER : nanos(leftAloneAtMillis));
        return Objects.requireNonNull(new OutageFigures(log).byPart().get(name));
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
