package io.cacheservice.examples.snippets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands for the database, and counts what it is asked. */
final class CityTable {
    private static final Map<String, City> ROWS = Map.of(
            "Uppsala", new City("Uppsala", "SE", 177_074),
            "Turku", new City("Turku", "FI", 201_863),
            "Bergen", new City("Bergen", "NO", 291_940));

    private final AtomicInteger queries = new AtomicInteger();

    @Nullable
    City find(String name) {
        queries.incrementAndGet();
        return ROWS.get(name);
    }

    List<City> findAll(Set<String> names) {
        queries.incrementAndGet();
        List<City> found = new ArrayList<>();
        for (String name : names) {
            City city = ROWS.get(name);
            if (city != null) {
                found.add(city);
            }
        }
        return found;
    }

    int queries() {
        return queries.get();
    }
}
