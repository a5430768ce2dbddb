package io.cacheservice.examples.snippets;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.ZoneStats;
import java.util.List;

/** One cache that several independent Redis hold. */
final class Zones {
    private Zones() {}

    static CacheConfig settings() {
        // region settings
        CacheConfig config = CacheConfig.builder()
                .zones(List.of("east=rediss://cache.east.example:6379", "west=rediss://cache.west.example:6379"))
                .zone("west") // where this process runs
                .build();
        // endregion
        return config;
    }

    static List<String> late(CacheService service) {
        // region late
        List<String> late = service.zones().stream()
                .filter(zone -> !zone.trusted())
                .map(ZoneStats::name)
                .toList();
        // endregion
        return late;
    }
}
