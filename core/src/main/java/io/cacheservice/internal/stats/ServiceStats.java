package io.cacheservice.internal.stats;

import io.cacheservice.CacheStats;
import io.cacheservice.ConnectionStats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the snapshot of a service together from those of its caches, its byte entries (the empty name) among them.
 *
 * <p>Every recorder is read once, so that the counts of the whole are exactly the sums of its parts; latencies are merged
 * as histograms. Made for one snapshot, by one thread.
 */
public final class ServiceStats {
    private final Tally sum = new Tally();
    private final Map<String, CacheStats> caches = new HashMap<>();

    /**
     * Adds a cache.
     *
     * @param local what it holds in the local tier
     * @param journaled its invalidations that wait for Redis
     */
    public ServiceStats cache(String name, StatsRecorder recorder, LocalUsage local, int journaled) {
        Tally tally = recorder.tally();
        sum.add(tally);
        caches.put(name, tally.toStats(name, local, journaled, List.of(), Map.of()));
        return this;
    }

    /**
     * The snapshot of the caches added.
     *
     * @param local what the local tier holds for all of them; not a sum, since caches may share one bound
     * @param journaled the invalidations that wait for Redis
     */
    public CacheStats snapshot(LocalUsage local, int journaled, List<ConnectionStats> connections) {
        return sum.toStats("", local, journaled, connections, caches);
    }
}
