package io.cacheservice.benchmarks;

import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Environment;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.Slice;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What small JSON documents take in a real Redis, and what making them shorter costs: each way has a server of its own, is filled with
 * the same documents, none of which it has learnt from, and reads some of them back.
 */
final class CompressionSuite implements Suite {
    private static final String CASE = "small-json";
    private static final List<String> BASELINES = List.of(CompressionSubjects.PLAIN);

    private final boolean quick;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<BenchmarkCase> cases = new ArrayList<>();
    private final Set<Long> processes = new LinkedHashSet<>();

    CompressionSuite(Selection selection) {
        quick = selection.quick();
        try {
            CompressionSubjects subjects = new CompressionSubjects(quick ? 20_000 : 200_000, open, processes);
            Map<String, Slice> slices = new LinkedHashMap<>();
            for (String name : selection.subjects(CASE, CompressionSubjects.names(), BASELINES)) {
                slices.put(name, subjects.open(name));
            }
            if (!slices.isEmpty()) {
                cases.add(new BenchmarkCase(CASE, BASELINES, slices));
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
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
        return new Plan(1, quick ? 1 : 3, Duration.ofSeconds(1));
    }

    @Override
    public List<BenchmarkCase> cases() {
        return List.copyOf(cases);
    }

    @Override
    public Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("cache-service", Environment.versionOf(CacheService.class));
        versions.put("lettuce", Environment.versionOf(RedisClient.class));
        return versions;
    }

    @Override
    public Set<Long> ownProcesses() {
        return Set.copyOf(processes);
    }

    @Override
    public void close() {
        Resources.close(open);
    }
}
