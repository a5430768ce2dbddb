package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.LatencySummary;
import io.cacheservice.Operation;
import io.cacheservice.Tier;
import io.cacheservice.micrometer.CacheServiceMetrics;
import io.micrometer.core.instrument.MeterRegistry;

/** What is counted, and how Micrometer sees it. */
final class Statistics {
    private Statistics() {}

    static String snapshot(CacheService service, Cache<String, City> cities) {
        // region snapshot
        CacheStats stats = cities.stats();
        long fromMemory = stats.hits().getOrDefault(Tier.LOCAL, 0L);
        double ratio = stats.hitRatio();
        LatencySummary loads = stats.latencies().getOrDefault(Operation.LOAD, LatencySummary.EMPTY);
        String slowest = loads.max().toMillis() + " ms";

        CacheStats all = service.stats(); // all caches together
        CacheStats one = all.caches().get("cities"); // and each by its name
        // endregion
        return fromMemory + " " + ratio + " " + !slowest.isEmpty() + " " + (one != null);
    }

    static void bind(CacheService service, MeterRegistry registry) {
        // region micrometer
        new CacheServiceMetrics(service).bindTo(registry); // caches opened later are covered too
        // endregion
    }
}
