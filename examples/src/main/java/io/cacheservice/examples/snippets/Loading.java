package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.LoadContext;
import io.cacheservice.Lookup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values are loaded, and what readers get where they cannot be. */
final class Loading {
    private Loading() {}

    /** Stands for a client that answers later. */
    @FunctionalInterface
    interface AsyncCityTable {
        CompletableFuture<@Nullable City> find(String name);
    }

    static @Nullable City withContext(CacheService service, CityTable database) {
        // region context
        Cache<String, City> cities = service.cache("cities-by-size", City.class)
                .loader((String name, LoadContext<City> load) -> {
                    City city = database.find(name);
                    if (city != null && city.population() > 200_000) {
                        load.ttl(Duration.ofMinutes(5)); // exact, in place of the policy's
                        load.tag("large");
                    }
                    return city;
                })
                .open();
        // endregion
        return cities.get("Turku");
    }

    static Map<String, City> later(CacheService service, CityTable database, AsyncCityTable client) {
        // region async
        Cache<String, City> cities = service.cache("cities-later", City.class)
                .asyncLoader((name, load) -> client.find(name))
                .asyncBulkLoader(names -> byName(database, names))
                .open();
        // endregion
        City uppsala = cities.get("Uppsala");
        return uppsala == null ? Map.of() : cities.getAll(List.of("Uppsala", "Turku"));
    }

    private static CompletionStage<Map<String, City>> byName(CityTable database, Set<String> names) {
        return CompletableFuture.supplyAsync(
                () -> database.findAll(names).stream().collect(Collectors.toMap(City::name, city -> city)));
    }

    static String safe(CacheService service, CityTable database) {
        // region fail-safe
        Cache<String, City> cities = service.cache("cities-safe", City.class)
                .ttl(Duration.ofMinutes(10))
                .loader(database::find)
                .failSafe(Duration.ofDays(1)) // serves for a day after its end where a reload fails
                .failSafeOn(failure -> failure instanceof IOException) // not where the query is wrong
                .softTimeout(Duration.ofMillis(50)) // or takes longer than this
                .hardTimeout(Duration.ofSeconds(2)) // where there is nothing to fall back to
                .loadTimeout(Duration.ofSeconds(5)) // then the load counts as failed
                .errorTtl(Duration.ofMillis(500)) // and is not tried again for so long
                .onError(name -> new City(name, "??", 0)) // instead of an exception
                .open();

        Lookup<City> lookup = cities.lookup("Turku");
        boolean old = lookup.stale(); // its reason() says why
        // endregion
        return lookup.reason() + " " + old;
    }
}
