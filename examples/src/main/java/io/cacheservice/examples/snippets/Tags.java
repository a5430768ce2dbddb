package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
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

    static long removed(CacheService service) {
        service.set("session:ada:1", new byte[] {1});
        service.set("session:ada:2", new byte[] {1});
        service.set("session:bob:1", new byte[] {1});
        // region prefix
        PrefixRemovalReport report = service.deleteByPrefix(
                "session:ada:",
                PrefixRemovalOptions.defaults().withKeysPerSecond(500),
                soFar -> System.out.println(soFar.done() + " looked at, " + soFar.removed() + " removed"));
        if (!report.complete()) {
            System.out.println(report.failures() + " failed, not looked at: " + report.unlisted());
        }
        // endregion
        return report.removed();
    }
}
