package io.cacheservice.benchmarks;

import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.Slice;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What small JSON documents take in a real Redis, and what making them shorter costs: each way has a server of its own, is filled with
 * the same documents, none of which it has learnt from, and reads some of them back.
 */
final class CompressionSuite extends OpenedSuite {
    private static final String CASE = "small-json";
    private static final List<String> BASELINES = List.of(CompressionSubjects.PLAIN);

    CompressionSuite(Selection selection) {
        super(selection);
        library("cache-service", CacheService.class);
        library("lettuce", RedisClient.class);
        opening(() -> {
            CompressionSubjects subjects =
                    new CompressionSubjects(selection.quick() ? 20_000 : 200_000, open, processes);
            Map<String, Slice> slices = new LinkedHashMap<>();
            for (String name : selection.subjects(CASE, CompressionSubjects.names(), BASELINES)) {
                slices.put(name, subjects.open(name));
            }
            add(CASE, BASELINES, slices);
        });
    }

    @Override
    public List<Metric> compared() {
        return List.of(
                Metric.COMPRESSION_RATIO,
                Metric.STORED_BYTES_PER_VALUE,
                Metric.COMPRESS_NANOS_PER_VALUE,
                Metric.DECOMPRESS_NANOS_PER_VALUE,
                Metric.SERVER_BYTES_PER_VALUE);
    }

    @Override
    public Plan plan() {
        return new Plan(1, selection.quick() ? 1 : 3, Duration.ofSeconds(1));
    }
}
