package io.cacheservice.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheservice.CacheStats;
import io.cacheservice.ErrorKind;
import io.cacheservice.EvictionCause;
import io.cacheservice.LatencySummary;
import io.cacheservice.Operation;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StatsRecorderTest {
    private final StatsRecorder recorder = new StatsRecorder();

    @Test
    void aNewCacheHasDoneNothing() {
        CacheStats stats = snapshot();

        assertThat(stats.name()).isEqualTo("users");
        assertThat(stats.requestCount()).isZero();
        assertThat(stats.hitRatio()).isEqualTo(1.0);
        assertThat(stats.hits())
                .containsOnly(Map.entry(Tier.LOCAL, 0L), Map.entry(Tier.REMOTE, 0L), Map.entry(Tier.REPLICA, 0L));
        assertThat(stats.errors()).containsOnlyKeys(ErrorKind.values()).containsEntry(ErrorKind.TIMEOUT, 0L);
        assertThat(stats.evictions()).containsOnlyKeys(EvictionCause.values());
        assertThat(stats.latencies())
                .containsOnlyKeys(Operation.values())
                .containsEntry(Operation.LOAD, LatencySummary.EMPTY);
        assertThat(stats.loads().stale())
                .containsOnly(Map.entry(Reason.STALE_ON_ERROR, 0L), Map.entry(Reason.STALE_WHILE_LOADING, 0L));
        assertThat(stats.loads().staleCount()).isZero();
        assertThat(stats.caches()).isEmpty();
        assertThat(stats.connections()).isEmpty();
    }

    @Test
    void eachCountGoesToItsOwnPlace() {
        recorder.localHit();
        recorder.hits(Tier.LOCAL, 2);
        recorder.remoteHit();
        recorder.hits(Tier.REMOTE, 4);
        recorder.miss();
        recorder.misses(6);
        recorder.undecodable();
        recorder.migrated();
        recorder.migrated();
        recorder.put();
        recorder.puts(8);
        recorder.removal();
        recorder.removals(10);
        recorder.loadSucceeded(100);
        recorder.loadSucceeded(20);
        recorder.loadFailed(3);
        recorder.error(ErrorKind.SOURCE);
        recorder.errors(ErrorKind.TIMEOUT, 12);

        CacheStats stats = snapshot();

        assertThat(stats.hits()).containsEntry(Tier.LOCAL, 3L).containsEntry(Tier.REMOTE, 5L);
        assertThat(stats.misses()).isEqualTo(7);
        assertThat(stats.undecodable()).isEqualTo(1);
        assertThat(stats.migrated()).isEqualTo(2);
        assertThat(stats.puts()).isEqualTo(9);
        assertThat(stats.removals()).isEqualTo(11);
        assertThat(stats.loadSuccesses()).isEqualTo(2);
        assertThat(stats.loadFailures()).isEqualTo(1);
        assertThat(stats.loadNanos()).isEqualTo(123);
        assertThat(stats.errors())
                .containsEntry(ErrorKind.SOURCE, 1L)
                .containsEntry(ErrorKind.TIMEOUT, 12L)
                .containsEntry(ErrorKind.CONNECTION, 0L);
        assertThat(stats.errorCount()).isEqualTo(13);
    }

    @Test
    void eachCountOfLoadsGoesToItsOwnPlace() {
        times(1, recorder::joinedLoad);
        times(2, recorder::leaseGranted);
        times(3, recorder::leaseHeld);
        times(4, recorder::leaseRefused);
        times(5, recorder::fillRefused);
        times(6, recorder::loadWasDuplicate);
        times(7, recorder::loadCameTooLate);
        times(8, recorder::loadShed);
        times(9, recorder::refreshBegun);
        times(10, recorder::refreshLeftToOthers);
        times(11, recorder::refreshShed);
        times(12, recorder::refreshWasted);
        times(13, () -> recorder.stale(Reason.STALE_ON_ERROR));
        times(14, () -> recorder.stale(Reason.STALE_WHILE_LOADING));

        assertThat(snapshot().loads())
                .isEqualTo(new CacheStats.LoadStats(
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                        8,
                        9,
                        10,
                        11,
                        12,
                        LatencySummary.EMPTY,
                        Map.of(Reason.STALE_ON_ERROR, 13L, Reason.STALE_WHILE_LOADING, 14L)));
        assertThat(snapshot().loads().staleCount()).isEqualTo(27);
    }

    @Test
    void leadsOfDaysAreKeptAndWhatHasEndedHasNone() {
        recorder.refreshedEarly(Duration.ofDays(30).toNanos());
        recorder.refreshedEarly(Duration.ofMillis(-5).toNanos());

        LatencySummary lead = snapshot().loads().refreshLead();

        assertThat(lead.samples()).isEqualTo(2);
        assertThat(lead.p50()).isZero();
        assertThat(lead.max()).isCloseTo(Duration.ofDays(30), Duration.ofHours(8));
    }

    private static void times(int count, Runnable counted) {
        for (int i = 0; i < count; i++) {
            counted.run();
        }
    }

    @Test
    void whatHasNotExpiredIsNotStale() {
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.stale(Reason.FOUND));
    }

    @Test
    void onlyEvictionsForRoomCountTheirBytes() {
        recorder.evicted(EvictionCause.EXPIRED, 1_000);
        recorder.evicted(EvictionCause.SIZE, 30);
        recorder.evicted(EvictionCause.SIZE, 4);

        assertThat(snapshot().evictions())
                .containsEntry(EvictionCause.EXPIRED, 1L)
                .containsEntry(EvictionCause.SIZE, 2L);
        assertThat(snapshot().evictedBytes()).isEqualTo(34);
    }

    @Test
    void theLocalTierAndTheJournalAreReportedAsTheyAreNow() {
        CacheStats stats = recorder.snapshot("users", new LocalUsage(3, 400, 5_000), 6);

        assertThat(stats.localEntries()).isEqualTo(3);
        assertThat(stats.localBytes()).isEqualTo(400);
        assertThat(stats.localMaxBytes()).isEqualTo(5_000);
        assertThat(stats.journaled()).isEqualTo(6);
    }

    @Test
    void aSnapshotDoesNotChange() {
        CacheStats before = snapshot();
        recorder.localHit();

        assertThat(before.hitCount()).isZero();
    }

    @Test
    void aLoadersAnswerIsNoHit() {
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.hits(Tier.SOURCE, 1));
    }

    @Test
    void percentilesAreWithinOnePercent() {
        for (int micros = 1; micros <= 10_000; micros++) {
            recorder.latency(Operation.REMOTE_READ, micros * 1_000L);
        }

        LatencySummary summary = latency(Operation.REMOTE_READ);

        assertThat(summary.samples()).isEqualTo(10_000);
        assertWithinOnePercent(summary.p50(), Duration.ofMillis(5));
        assertWithinOnePercent(summary.p99(), Duration.ofNanos(9_900_000));
        assertWithinOnePercent(summary.p999(), Duration.ofNanos(9_990_000));
        assertWithinOnePercent(summary.max(), Duration.ofMillis(10));
        assertThat(latency(Operation.LOCAL_READ)).isEqualTo(LatencySummary.EMPTY);
    }

    @Test
    void everyLoadIsMeasuredWhetherItFailsOrNot() {
        recorder.loadSucceeded(1_000_000);
        recorder.loadFailed(3_000_000);

        assertThat(latency(Operation.LOAD).samples()).isEqualTo(2);
        assertWithinOnePercent(latency(Operation.LOAD).p50(), Duration.ofMillis(1));
        assertWithinOnePercent(latency(Operation.LOAD).max(), Duration.ofMillis(3));
        assertThatIllegalArgumentException().isThrownBy(() -> recorder.latency(Operation.LOAD, 1));
    }

    @Test
    void aLatencyOutsideTheScaleCountsAsItsEnd() {
        recorder.latency(Operation.WRITE, -1);
        assertThat(latency(Operation.WRITE).max()).isEqualTo(Duration.ZERO);

        recorder.latency(Operation.WRITE, Long.MAX_VALUE);
        assertThat(latency(Operation.WRITE).samples()).isEqualTo(2);
        assertWithinOnePercent(latency(Operation.WRITE).max(), Duration.ofHours(1));
    }

    @Test
    void memoryStaysBoundedWhateverIsRecorded() {
        assertThat(recorder.footprintBytes()).isZero();
        recordOneOfEach(0);
        int first = recorder.footprintBytes();

        for (long nanos = 1; nanos > 0 && nanos < Long.MAX_VALUE / 3; nanos = nanos * 3 + 1) {
            recordOneOfEach(nanos);
        }
        for (int i = 0; i < 1_000_000; i++) {
            recordOneOfEach(i * 3_700L);
        }

        assertThat(recorder.footprintBytes()).isEqualTo(first).isLessThan(160 * 1024);
    }

    @Test
    void aboutOneOperationIn128IsSampled() {
        int sampled = 0;
        for (int i = 0; i < 128_000; i++) {
            sampled += StatsRecorder.sample() ? 1 : 0;
        }

        // 1000 expected with a standard deviation of 31.5: ten of them either way.
        assertThat(sampled).isBetween(685, 1_315);
    }

    @Test
    void manyThreadsLoseNoCount() throws Exception {
        int threads = 16;
        int rounds = 20_000;
        runTogether(threads, () -> {
            for (int i = 0; i < rounds; i++) {
                recorder.localHit();
                recorder.remoteHit();
                recorder.miss();
                recorder.put();
                recorder.loadSucceeded(5);
                recorder.error(ErrorKind.CLOSED);
                recorder.evicted(EvictionCause.SIZE, 7);
                recorder.latency(Operation.LOCAL_READ, i);
            }
        });

        long each = (long) threads * rounds;
        CacheStats stats = snapshot();
        assertThat(stats.hits()).containsEntry(Tier.LOCAL, each).containsEntry(Tier.REMOTE, each);
        assertThat(stats.misses()).isEqualTo(each);
        assertThat(stats.puts()).isEqualTo(each);
        assertThat(stats.loadSuccesses()).isEqualTo(each);
        assertThat(stats.loadNanos()).isEqualTo(5 * each);
        assertThat(stats.errors()).containsEntry(ErrorKind.CLOSED, each);
        assertThat(stats.evictions()).containsEntry(EvictionCause.SIZE, each);
        assertThat(stats.evictedBytes()).isEqualTo(7 * each);
        assertThat(latency(Operation.LOCAL_READ).samples()).isEqualTo(each);
        assertThat(latency(Operation.LOAD).samples()).isEqualTo(each);
    }

    @Test
    void snapshotsTakenWhileOthersRecordNeverGoBack() throws Exception {
        List<CacheStats> seen = new ArrayList<>();
        runTogether(4, () -> {
            for (int i = 0; i < 5_000; i++) {
                recorder.loadSucceeded(i);
                if (i % 500 == 0) {
                    synchronized (seen) {
                        seen.add(snapshot());
                    }
                }
            }
        });

        assertThat(seen).hasSize(40).isSortedAccordingTo((a, b) -> Long.compare(a.loadSuccesses(), b.loadSuccesses()));
        assertThat(seen).allSatisfy(stats -> {
            LatencySummary loads = stats.latencies().getOrDefault(Operation.LOAD, LatencySummary.EMPTY);
            assertThat(List.of(loads.p50(), loads.p99(), loads.p999(), loads.max()))
                    .isSorted();
        });
    }

    private void recordOneOfEach(long nanos) {
        recorder.latency(Operation.LOCAL_READ, nanos);
        recorder.latency(Operation.REMOTE_READ, nanos);
        recorder.latency(Operation.WRITE, nanos);
        recorder.loadSucceeded(nanos);
    }

    private CacheStats snapshot() {
        return recorder.snapshot("users", LocalUsage.NONE, 0);
    }

    private LatencySummary latency(Operation operation) {
        return snapshot().latencies().getOrDefault(operation, LatencySummary.EMPTY);
    }

    private static void assertWithinOnePercent(Duration actual, Duration expected) {
        assertThat(actual).isCloseTo(expected, expected.dividedBy(100));
    }

    private static void runTogether(int threads, Runnable work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    work.run();
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
