package io.cacheservice.benchmarks;

import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheservice.CacheService;
import io.cacheservice.benchmarks.harness.LookupLoop;
import io.cacheservice.benchmarks.harness.LookupSlice;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.springframework.cache.caffeine.CaffeineCache;

/**
 * Hits in the memory of this process: 1,000 keys that are equally hot, and 100,000 keys of which few are; by one thread
 * and by two.
 */
final class LocalSuite extends OpenedSuite {
    private static final int HOT_KEYS = 1_000;
    private static final int ZIPF_KEYS = 100_000;
    private static final List<Integer> THREADS = List.of(1, 2);

    private static final List<String> BASELINES = List.of(LocalSubjects.CAFFEINE, LocalSubjects.CAFFEINE_EXPIRY);

    LocalSuite(Selection selection) {
        super(selection);
        library("cache-service", CacheService.class);
        library("caffeine", Caffeine.class);
        library("spring-context-support", CaffeineCache.class);
        library("jetcache", CaffeineCacheBuilder.class);
        opening(() -> {
            add("hit-1k-hot", HOT_KEYS, seed -> KeySequence.uniform(HOT_KEYS, seed));
            add("hit-100k-zipf", ZIPF_KEYS, seed -> KeySequence.zipf(ZIPF_KEYS, seed));
        });
    }

    @Override
    public List<Metric> compared() {
        return List.of(Metric.NANOS_PER_OPERATION, Metric.CPU_NANOS_PER_OPERATION);
    }

    @Override
    public Plan plan() {
        return selection.quick() ? new Plan(3, 7, Duration.ofMillis(120)) : new Plan(4, 15, Duration.ofMillis(300));
    }

    private void add(String data, int keys, LongFunction<String[]> sequence) {
        List<String[]> keysOfThreads = List.of(sequence.apply(1), sequence.apply(2));
        Map<String, LookupLoop> loops = new LinkedHashMap<>();
        for (int threads : THREADS) {
            String name = data + "-" + threads + (threads == 1 ? "-thread" : "-threads");
            Map<String, Slice> subjects = new LinkedHashMap<>();
            for (String subject : selection.subjects(name, LocalSubjects.names(), BASELINES)) {
                LookupLoop loop = loops.computeIfAbsent(subject, wanted -> LocalSubjects.open(wanted, keys, open));
                subjects.put(subject, new LookupSlice(loop, keysOfThreads.subList(0, threads)));
            }
            add(name, BASELINES, subjects);
        }
    }
}
