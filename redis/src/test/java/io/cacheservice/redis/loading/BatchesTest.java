package io.cacheservice.redis.loading;

import static io.cacheservice.redis.loading.Fleet.LONG;
import static io.cacheservice.redis.loading.Fleet.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.BulkLoader;
import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.Refresh;
import io.cacheservice.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Batches that overlap, in two processes. The suite asks for 100,000 keys; for a million: {@code mvn test -pl redis -am
 * -Dtest=BatchesTest -Dsurefire.failIfNoSpecifiedTests=false -DargLine=-Dbatches.keys=1000000}.
 */
@Timeout(600)
class BatchesTest {
    private static final int KEYS_ASKED_FOR = Integer.getInteger("batches.keys", 100_000);
    private static final int DIFFERENT_KEYS = 500;
    private static final int MOST_IN_A_BATCH = 50;
    private static final int THREADS = 8;

    /** A source that knows who loads what, of all processes. Every seventh key has no value. */
    private static final class Table implements BulkLoader<String, String> {
        private final Map<String, Integer> loading = new ConcurrentHashMap<>();
        private final Queue<String> loadedTwiceAtOnce = new ConcurrentLinkedQueue<>();
        private final AtomicInteger loads = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();

        static boolean hasValue(String key) {
            return Integer.parseInt(key.substring(1)) % 7 != 0;
        }

        @Override
        public Map<String, String> loadAll(Set<String> keys) {
            calls.incrementAndGet();
            Map<String, String> values = new HashMap<>();
            for (String key : keys) {
                loads.incrementAndGet();
                if (loading.merge(key, 1, Integer::sum) > 1) {
                    loadedTwiceAtOnce.add(key);
                }
            }
            for (String key : keys) {
                if (hasValue(key)) {
                    values.put(key, "v" + key);
                }
                loading.merge(key, -1, Integer::sum);
            }
            return values;
        }
    }

    private static CacheBuilder<String, String> shortLived(CacheBuilder<String, String> cache, Table table) {
        return cache.ttl(Duration.ofMillis(400))
                .nullTtl(Duration.ofMillis(200))
                .refresh(Refresh.none())
                .bulkLoader(table);
    }

    private static Set<String> batch(SplittableRandom random) {
        Set<String> keys = new LinkedHashSet<>();
        int size = 1 + random.nextInt(MOST_IN_A_BATCH);
        for (int i = 0; i < size; i++) {
            keys.add("k" + random.nextInt(DIFFERENT_KEYS));
        }
        return keys;
    }

    @Test
    void overlappingBatchesLoseNothingAndLoadNothingTwiceAtOnce() throws Exception {
        try (Fleet fleet = Fleet.of(2, Duration.ofMillis(100))) {
            Table table = new Table();
            List<Cache<String, String>> caches = fleet.caches(cache -> shortLived(cache, table));
            AtomicInteger asked = new AtomicInteger();
            Crowd.begin(THREADS, thread -> () -> {
                        SplittableRandom random = new SplittableRandom(thread);
                        while (asked.get() < KEYS_ASKED_FOR) {
                            Set<String> keys = batch(random);
                            asked.addAndGet(keys.size());
                            Map<String, String> expected = new HashMap<>();
                            keys.stream().filter(Table::hasValue).forEach(key -> expected.put(key, "v" + key));
                            assertThat(caches.get(thread % 2).getAll(keys)).isEqualTo(expected);
                        }
                        return thread;
                    })
                    .results();

            assertThat(table.loadedTwiceAtOnce).isEmpty();
            assertThat(table.loads).hasValueGreaterThanOrEqualTo(DIFFERENT_KEYS);
        }
    }

    @Test
    void whatNobodyLoadsYetIsLoadedByOneCall() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            Source slow = new Source("slow");
            List<Set<String>> calls = new ArrayList<>();
            BulkLoader<String, String> bulk = keys -> {
                calls.add(Set.copyOf(keys));
                return Map.of("a", "a", "b", "b");
            };
            List<Cache<String, String>> caches =
                    fleet.caches(cache -> cache.loader(slow).bulkLoader(bulk));
            CompletableFuture<String> elsewhere = caches.get(1).async().get("c");
            slow.awaitBegun();
            CompletableFuture<Map<String, String>> batch = caches.get(0).async().getAll(List.of("a", "b", "c"));
            until(() -> calls.size() == 1);
            slow.letGo();

            assertThat(Crowd.get(batch)).isEqualTo(Map.of("a", "a", "b", "b", "c", "slow"));
            assertThat(Crowd.get(elsewhere)).isEqualTo("slow");
            assertThat(calls).containsExactly(Set.of("a", "b"));
            assertThat(slow.loads()).isEqualTo(1);
        }
    }

    @Test
    void whatABatchHasLoadedStaysThoughAnotherKeyOfItFails() {
        try (Fleet fleet = Fleet.of(1, LONG)) {
            Map<String, Integer> loads = new ConcurrentHashMap<>();
            Cache<String, String> cache = fleet.caches(c -> c.loader(key -> {
                        loads.merge(key, 1, Integer::sum);
                        if (key.equals("b")) {
                            throw new IllegalStateException("no b");
                        }
                        return "v" + key;
                    }))
                    .get(0);

            assertThatThrownBy(() -> cache.getAll(List.of("a", "b", "c")))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("'b'");
            assertThat(cache.getAll(List.of("a", "c"))).isEqualTo(Map.of("a", "va", "c", "vc"));
            assertThat(loads).containsEntry("a", 1).containsEntry("c", 1);
        }
    }

    @Test
    void anExpiredValueOfABatchServesWhereItsReloadFails() {
        try (Fleet fleet = Fleet.of(1, LONG)) {
            Cache<String, String> cache = fleet.caches(c -> c.failSafe(LONG)
                            .softTimeout(LONG)
                            .refresh(Refresh.none())
                            .loader(key -> {
                                if (key.equals("b")) {
                                    throw new IllegalStateException("no b");
                                }
                                return "new " + key;
                            }))
                    .get(0);
            for (String key : List.of("a", "b")) {
                cache.put(key, "old " + key);
                cache.expire(key);
            }

            assertThat(cache.getAll(List.of("a", "b", "c")))
                    .isEqualTo(Map.of("a", "new a", "b", "old b", "c", "new c"));
        }
    }

    @Test
    void refreshesThatComeTogetherGoToTheSourceTogether() {
        try (Fleet fleet = Fleet.of(1, LONG)) {
            Table table = new Table();
            Cache<String, String> cache = fleet.caches(
                            c -> c.refresh(Refresh.none()).bulkLoader(table))
                    .get(0);
            List<String> keys =
                    IntStream.range(0, 50).mapToObj(i -> "k" + (7 * i + 1)).toList();
            keys.forEach(key -> cache.put(key, "old"));
            keys.forEach(cache::refresh);
            keys.forEach(key -> until(() -> ("v" + key).equals(cache.get(key))));

            assertThat(table.loads).hasValue(50);
            assertThat(table.calls).hasValueLessThan(50);
        }
    }
}
