package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import java.time.Duration;

/** The program of the README. */
final class FirstProgram {
    private FirstProgram() {}

    static void run(CityTable database) {
        // region program
        try (CacheService service = CacheService.open(CacheConfig.load())) {
            Cache<String, City> cities = service.cache("cities", City.class)
                    .ttl(Duration.ofMinutes(10))
                    .loader(database::find)
                    .open();

            cities.get("Uppsala"); // asks the database
            City uppsala = cities.get("Uppsala"); // comes from the cache
            System.out.println(uppsala);
        }
        // endregion
    }
}
