package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import java.time.Duration;

/** The program of the README. */
final class FirstProgram {
    private FirstProgram() {}

    static String run(CityTable database) {
        // region program
        try (CacheService service = CacheService.open(CacheConfig.load())) {
            Cache<String, City> cities = service.cache("cities", City.class)
                    .ttl(Duration.ofMinutes(10))
                    .loader(database::find)
                    .open();

            City first = cities.get("Uppsala"); // asks the database
            City second = cities.get("Uppsala"); // comes from the cache
            // endregion
            return first + " " + second;
        }
    }
}
