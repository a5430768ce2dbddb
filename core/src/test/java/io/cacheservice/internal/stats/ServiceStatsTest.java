package io.cacheservice.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheStats;
import io.cacheservice.ConnectionStats;
import io.cacheservice.ErrorKind;
import io.cacheservice.EvictionCause;
import io.cacheservice.LatencySummary;
import io.cacheservice.Operation;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceStatsTest {
    private static final LocalUsage LOCAL = new LocalUsage(9, 900, 9_000);

    private final StatsRecorder users = new StatsRecorder();
    private final StatsRecorder bytes = new StatsRecorder();

    @Test
    void countsAreAdded() {
        for (StatsRecorder recorder : List.of(users, bytes)) {
            recorder.localHit();
            recorder.hits(Tier.REMOTE, 2);
            recorder.misses(3);
            recorder.undecodable();
            recorder.migrated();
            recorder.puts(4);
            recorder.removals(5);
            recorder.loadSucceeded(60);
            recorder.loadFailed(7);
            recorder.error(ErrorKind.MEMORY);
            recorder.joinedLoad();
            recorder.leaseGranted();
            recorder.leaseHeld();
            recorder.leaseRefused();
            recorder.fillRefused();
            recorder.loadWasDuplicate();
            recorder.loadCameTooLate();
            recorder.loadShed();
            recorder.refreshBegun();
            recorder.refreshLeftToOthers();
            recorder.refreshShed();
            recorder.refreshWasted();
            recorder.refreshedEarly(5_000_000);
            recorder.stale(Reason.STALE_ON_ERROR);
            recorder.evicted(EvictionCause.SIZE, 8);
        }

        CacheStats stats = snapshot();

        assertThat(stats.hits()).containsEntry(Tier.LOCAL, 2L).containsEntry(Tier.REMOTE, 4L);
        assertThat(stats.misses()).isEqualTo(6);
        assertThat(stats.undecodable()).isEqualTo(2);
        assertThat(stats.migrated()).isEqualTo(2);
        assertThat(stats.puts()).isEqualTo(8);
        assertThat(stats.removals()).isEqualTo(10);
        assertThat(stats.loadSuccesses()).isEqualTo(2);
        assertThat(stats.loadFailures()).isEqualTo(2);
        assertThat(stats.loadNanos()).isEqualTo(134);
        assertThat(stats.loads())
                .isEqualTo(new CacheStats.LoadStats(
                        2,
                        2,
                        2,
                        2,
                        2,
                        2,
                        2,
                        2,
                        2,
                        2,
                        2,
                        2,
                        new LatencySummary(
                                2,
                                Duration.ofMillis(5),
                                Duration.ofMillis(5),
                                Duration.ofMillis(5),
                                Duration.ofMillis(5)),
                        Map.of(Reason.STALE_ON_ERROR, 2L, Reason.STALE_WHILE_LOADING, 0L)));
        assertThat(stats.errors()).containsEntry(ErrorKind.MEMORY, 2L);
        assertThat(stats.evictions()).containsEntry(EvictionCause.SIZE, 2L);
        assertThat(stats.evictedBytes()).isEqualTo(16);
    }

    @Test
    void percentilesAreOfAllSamplesAndNotAnAverage() {
        for (int i = 0; i < 990; i++) {
            users.latency(Operation.REMOTE_READ, 1_000_000);
        }
        for (int i = 0; i < 10; i++) {
            bytes.latency(Operation.REMOTE_READ, 100_000_000);
        }

        LatencySummary summary = snapshot().latencies().getOrDefault(Operation.REMOTE_READ, LatencySummary.EMPTY);

        assertThat(summary.samples()).isEqualTo(1_000);
        assertThat(summary.p99()).isCloseTo(Duration.ofMillis(1), Duration.ofNanos(10_000));
        assertThat(summary.p999()).isCloseTo(Duration.ofMillis(100), Duration.ofMillis(1));
    }

    @Test
    void everyCacheKeepsItsOwnSnapshot() {
        users.localHit();
        bytes.misses(2);

        CacheStats stats = snapshot();

        assertThat(stats.name()).isEmpty();
        assertThat(stats.caches()).containsOnlyKeys("users", "");
        assertThat(stats.caches()).hasEntrySatisfying("users", each -> {
            assertThat(each.name()).isEqualTo("users");
            assertThat(each.hitCount()).isEqualTo(1);
            assertThat(each.misses()).isZero();
            assertThat(each.localEntries()).isEqualTo(1);
            assertThat(each.journaled()).isEqualTo(2);
        });
    }

    @Test
    void theLocalTierJournalAndConnectionsAreTheServices() {
        CacheStats stats = snapshot();

        assertThat(stats.localEntries()).isEqualTo(9);
        assertThat(stats.localBytes()).isEqualTo(900);
        assertThat(stats.localMaxBytes()).isEqualTo(9_000);
        assertThat(stats.journaled()).isEqualTo(3);
        assertThat(stats.connections()).hasSize(1);
    }

    private CacheStats snapshot() {
        return new ServiceStats()
                .cache("users", users, new LocalUsage(1, 100, 0), 2)
                .cache("", bytes, new LocalUsage(8, 800, 0), 1)
                .snapshot(
                        LOCAL,
                        3,
                        List.of(new ConnectionStats("127.0.0.1:6379/0", ConnectionStats.State.READY, 0, 1, "")));
    }
}
