package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import java.time.Duration;
import java.util.Set;

/** Many entries at once, and one entry sooner. */
final class Tags {
    private Tags() {}

    static String invalidated(CacheService service, CityTable database) {
        // region tags
        Cache<String, City> cities = service.cache("cities-by-country", City.class)
                .ttl(Duration.ofHours(1))
                .loader(database::find)
                .tags((name, city) -> Set.of("country:" + city.country()))
                .open();
        cities.get("Uppsala");
        cities.get("Turku");

        cities.invalidateTag("country:SE"); // every entry with this tag, in every process
        // endregion
        String kept = (cities.getIfPresent("Uppsala") != null) + " " + (cities.getIfPresent("Turku") != null);
        // region others
        cities.expire("Turku"); // as if it had come to its end: loaded at the next read
        cities.clear(); // every entry of this cache
        // endregion
        return kept + " " + (cities.getIfPresent("Turku") != null);
    }
}
