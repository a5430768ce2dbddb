package io.cacheservice.benchmarks;

import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Environment;
import io.cacheservice.benchmarks.harness.LookupLoop;
import io.cacheservice.benchmarks.harness.LookupSlice;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.springframework.cache.caffeine.CaffeineCache;

/**
 * Hits in the memory of this process: 1,000 keys that are equally hot, and 100,000 keys of which few are; by one thread
 * and by two.
 */
final class LocalSuite implements Suite {
    private static final int HOT_KEYS = 1_000;
    private static final int ZIPF_KEYS = 100_000;
    private static final List<Integer> THREADS = List.of(1, 2);

    private final boolean quick;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<BenchmarkCase> cases = new ArrayList<>();

    LocalSuite(Selection selection) {
        quick = selection.quick();
        try {
            add("hit-1k-hot", HOT_KEYS, seed -> KeySequence.uniform(HOT_KEYS, seed), selection);
            add("hit-100k-zipf", ZIPF_KEYS, seed -> KeySequence.zipf(ZIPF_KEYS, seed), selection);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.NANOS_PER_OPERATION, Metric.CPU_NANOS_PER_OPERATION);
    }

    @Override
    public Plan plan() {
        return quick ? new Plan(3, 7, Duration.ofMillis(120)) : new Plan(4, 15, Duration.ofMillis(300));
    }

    @Override
    public List<BenchmarkCase> cases() {
        return List.copyOf(cases);
    }

    @Override
    public Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("cache-service", Environment.versionOf(CacheService.class));
        versions.put("caffeine", Environment.versionOf(Caffeine.class));
        versions.put("spring-context-support", Environment.versionOf(CaffeineCache.class));
        versions.put("jetcache", Environment.versionOf(CaffeineCacheBuilder.class));
        return versions;
    }

    @Override
    public Set<Long> ownProcesses() {
        return Set.of();
    }

    @Override
    public void close() {
        Resources.close(open);
    }

    private void add(String data, int keys, LongFunction<String[]> sequence, Selection selection) {
        List<String[]> keysOfThreads = List.of(sequence.apply(1), sequence.apply(2));
        Map<String, LookupLoop> loops = new LinkedHashMap<>();
        for (int threads : THREADS) {
            String name = data + "-" + threads + (threads == 1 ? "-thread" : "-threads");
            Map<String, Slice> subjects = new LinkedHashMap<>();
            for (String subject : selection.subjects(name, LocalSubjects.names(), baselines())) {
                LookupLoop loop = loops.computeIfAbsent(subject, wanted -> LocalSubjects.open(wanted, keys, open));
                subjects.put(subject, new LookupSlice(loop, keysOfThreads.subList(0, threads)));
            }
            if (!subjects.isEmpty()) {
                cases.add(new BenchmarkCase(name, baselines(), subjects));
            }
        }
    }

    private static List<String> baselines() {
        return List.of(LocalSubjects.CAFFEINE, LocalSubjects.CAFFEINE_EXPIRY);
    }
}
