package io.cacheservice.examples.cities;

import io.cacheservice.BatchOutcome;
import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Through a typed cache of this process: {@code putAll} and {@code getAll}. The local tier keeps the object itself; from
 * Redis comes another object, read from its JSON.
 */
final class TypedWay implements Way {
    private final Cache<String, City> cache;

    TypedWay(CacheService service) {
        this.cache = service.cache("cities", City.class).codec(CityFile.CODEC).open();
    }

    @Override
    public String name() {
        return "typed cache";
    }

    @Override
    public void write(Map<String, City> batch) throws IOException {
        BatchOutcome outcome = cache.putAll(batch);
        if (!outcome.complete()) {
            var first = outcome.failures().entrySet().iterator().next();
            throw new IOException(
                    outcome.failures().size() + " of " + batch.size() + " records were not stored, first "
                            + first.getKey(),
                    first.getValue());
        }
    }

    @Override
    public List<String> differing(Map<String, City> batch) {
        Map<String, City> found = cache.getAll(batch.keySet());
        List<String> differing = new ArrayList<>();
        batch.forEach((key, city) -> {
            if (!same(city, found.get(key))) {
                differing.add(key);
            }
        });
        return differing;
    }

    /** Nothing to end: the cache lives as long as its service. */
    @Override
    public void close() {}

    private static boolean same(City city, @Nullable City back) {
        return back != null
                && back.equals(city)
                && Arrays.equals(CityFile.CODEC.encode(city), CityFile.CODEC.encode(back));
    }
}
