package io.cacheservice.examples.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.BatchLookup;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.Lookup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sources of byte keys, in a program of one's own. */
final class ByteSources {
    private ByteSources() {}

    static String readThrough(CityTable table) {
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(16 << 20).build())) {
            // region sources
            service.source("motd", Duration.ofMinutes(5), key -> "Hello".getBytes(UTF_8));
            service.bulkSource("city:*", Duration.ofHours(1), keys -> rows(table, keys)); // one query for a batch

            byte[] message = service.get("motd"); // asks the first
            Map<String, Lookup<byte[]>> cities = service.lookupAll(List.of("city:Turku", "city:Bergen", "city:Oz"));

            BatchLookup<String, byte[]> each =
                    service.lookupEach(List.of("motd", "city:Turku")); // fails for none of them
            each.failures().forEach((key, failure) -> System.err.println(key + ": " + failure.getMessage()));
            // endregion
            return (message == null ? "absent" : new String(message, UTF_8)) + " "
                    + cities.values().stream().filter(Lookup::isHit).count();
        }
    }

    private static Map<String, byte[]> rows(CityTable table, Set<String> keys) {
        Set<String> names =
                keys.stream().map(key -> key.substring("city:".length())).collect(Collectors.toSet());
        Map<String, byte[]> rows = new LinkedHashMap<>();
        table.findAll(names)
                .forEach(city -> rows.put("city:" + city.name(), city.country().getBytes(UTF_8)));
        return rows;
    }
}
