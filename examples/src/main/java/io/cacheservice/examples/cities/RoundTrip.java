package io.cacheservice.examples.cities;

import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes every record in batches, then reads every record back and compares it with what was written. */
final class RoundTrip {
    /** The most keys that one HTTP batch may have. */
    private static final int BATCH_RECORDS = 1_000;

    private final List<Map<String, City>> batches;
    private final long records;
    private final long bytes;
    private final Progress progress;

    RoundTrip(Map<String, City> cities, Progress progress) {
        this.batches = batches(cities);
        this.records = cities.size();
        this.bytes = cities.values().stream()
                .mapToLong(city -> CityFile.CODEC.encode(city).length)
                .sum();
        this.progress = progress;
    }

    /** Opens a way into a service. */
    interface WayOpener {
        Way open(CacheService service) throws IOException;
    }

    /** Runs once on an empty tier, with a service of its own. */
    Outcome run(Backing backing, WayOpener opener) throws IOException, InterruptedException {
        backing.empty();
        try (CacheService service = CacheService.open(backing.config());
                Way way = opener.open(service)) {
            String name = backing.name() + ", " + way.name();
            long begin = System.nanoTime();
            progress.begin(name + ", write", records);
            for (Map<String, City> batch : batches) {
                way.write(batch);
                progress.advance(batch.size());
            }
            long written = System.nanoTime();
            progress.begin(name + ", read ", records);
            List<String> differing = new ArrayList<>();
            for (Map<String, City> batch : batches) {
                differing.addAll(way.differing(batch));
                progress.advance(batch.size());
            }
            long read = System.nanoTime();
            CacheStats stats = service.stats();
            return new Outcome(
                    backing.name(),
                    way.name(),
                    records,
                    bytes,
                    written - begin,
                    read - written,
                    stats.hitCount(),
                    stats.misses(),
                    backing.kept(stats),
                    differing);
        }
    }

    private static List<Map<String, City>> batches(Map<String, City> cities) {
        List<Map<String, City>> batches = new ArrayList<>();
        Map<String, City> batch = new LinkedHashMap<>();
        for (Map.Entry<String, City> city : cities.entrySet()) {
            batch.put(city.getKey(), city.getValue());
            if (batch.size() == BATCH_RECORDS) {
                batches.add(Collections.unmodifiableMap(batch));
                batch = new LinkedHashMap<>();
            }
        }
        if (!batch.isEmpty()) {
            batches.add(Collections.unmodifiableMap(batch));
        }
        return batches;
    }
}
