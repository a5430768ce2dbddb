package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.WritesWhileUnavailable;
import java.time.Duration;

/** What an outage costs, and who says so. */
final class Outages {
    private Outages() {}

    static CacheConfig settings() {
        // region settings
        CacheConfig config = CacheConfig.builder()
                .host("cache.example")
                .readTimeout(Duration.ofMillis(50)) // what a read may wait for Redis
                .writeTimeout(Duration.ofMillis(100)) // what a write may
                .breakerPause(Duration.ofSeconds(1)) // how long a server that does not answer is left alone
                .build();
        // endregion
        return config;
    }

    static CacheConfig journal(String folder) {
        // region journal
        CacheConfig config = CacheConfig.builder()
                .host("cache.example")
                .journalFile(folder + "/orders.journal") // of this service alone
                .journalSize(100_000) // keys
                .build();
        // endregion
        return config;
    }

    static Cache<String, City> writes(CacheService service, CityTable table) {
        // region writes
        Cache<String, City> cities = service.cache("cities-here", City.class)
                .loader(table::find)
                .writesWhileUnavailable(WritesWhileUnavailable.LOCAL_ONLY)
                .open();
        // endregion
        return cities;
    }

    static Cache<String, City> cache(CacheService service, CityTable table) {
        // region cache
        Cache<String, City> cities = service.cache("cities", City.class)
                .loader(table::find)
                .maxLoads(16) // at once in this process: what the source can bear
                .failSafe(Duration.ofHours(1)) // expired entries serve so long where a load fails
                .open();
        // endregion
        return cities;
    }
}
