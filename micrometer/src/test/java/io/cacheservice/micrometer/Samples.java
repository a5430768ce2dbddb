package io.cacheservice.micrometer;

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

/** Snapshots with a different number in every place. */
final class Samples {
    private Samples() {}

    static CacheStats withPuts(long puts) {
        return new CacheStats(
                "users",
                Map.of(Tier.LOCAL, 1L, Tier.REMOTE, 2L),
                4,
                5,
                6,
                7_000_000_000L,
                new CacheStats.LoadStats(
                        31,
                        32,
                        33,
                        34,
                        35,
                        36,
                        37,
                        49,
                        38,
                        41,
                        42,
                        43,
                        new LatencySummary(
                                44,
                                Duration.ofSeconds(45),
                                Duration.ofSeconds(46),
                                Duration.ofSeconds(47),
                                Duration.ofSeconds(48)),
                        Map.of(Reason.STALE_ON_ERROR, 39L, Reason.STALE_WHILE_LOADING, 40L)),
                new CacheStats.CompressionStats(
                        51, 52, 5_300, 54, 55_000_000_000L, 56_000_000_000L, 57, 58, 59_000_000_000L),
                puts,
                9,
                10,
                50,
                Map.of(EvictionCause.EXPIRED, 11L, EvictionCause.SIZE, 12L),
                13,
                14,
                15,
                16,
                Map.of(ErrorKind.TIMEOUT, 17L),
                Map.of(
                        Operation.REMOTE_READ,
                        new LatencySummary(
                                18,
                                Duration.ofSeconds(19),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(21),
                                Duration.ofSeconds(22))),
                23,
                List.of(
                        new ConnectionStats("127.0.0.1:6379/0", ConnectionStats.State.READY, 24, 25, ""),
                        new ConnectionStats("127.0.0.1:6379/1", ConnectionStats.State.DOWN, 26, 27, "refused")),
                Map.of());
    }
}
