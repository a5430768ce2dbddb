package io.cacheservice.redis.loading;

import static io.cacheservice.redis.loading.Crowd.get;
import static io.cacheservice.redis.loading.Fleet.LONG;
import static io.cacheservice.redis.loading.Fleet.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of all who want a key, in all processes, one loads it, and the others get what he loaded. */
@Timeout(120)
class OneLoadTest {
    private static final int PROCESSES = 3;
    private static final int THREADS = 64;

    private static long misses(List<Cache<String, String>> caches) {
        return caches.stream().mapToLong(cache -> cache.stats().misses()).sum();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000})
    void aColdKeyThatManyThreadsOfSeveralProcessesReadIsLoadedOnce(long maxStalenessMillis) throws Exception {
        try (Fleet fleet = Fleet.of(PROCESSES, Duration.ofMillis(maxStalenessMillis))) {
            Source source = new Source("loaded");
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loader(source));
            Crowd<String> readers = Crowd.begin(
                    PROCESSES * THREADS,
                    i -> () -> String.valueOf(caches.get(i % PROCESSES).get("k")));
            until(() -> misses(caches) == PROCESSES * THREADS);
            source.letGo();

            assertThat(readers.results()).containsOnly("loaded");
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    @Test
    void coldKeysOneAfterTheOtherAreLoadedOnceEach() throws Exception {
        try (Fleet fleet = Fleet.of(2, Duration.ofSeconds(1))) {
            Map<String, Integer> loads = Collections.synchronizedMap(new HashMap<>());
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loader(key -> {
                loads.merge(key, 1, Integer::sum);
                return "v" + key;
            }));
            Crowd<Integer> readers = Crowd.begin(8, thread -> () -> {
                for (int i = 0; i < 200; i++) {
                    assertThat(caches.get(thread % 2).get("k" + i)).isEqualTo("vk" + i);
                }
                return thread;
            });

            readers.results();

            assertThat(loads).hasSize(200);
            assertThat(loads.values()).containsOnly(1);
        }
    }

    @Test
    void whoHasWaitedLongStillDoesNotLoadWhatAnotherProcessHasLoaded() throws Exception {
        try (Fleet fleet = Fleet.of(2, Duration.ZERO)) {
            for (int round = 0; round < 10; round++) {
                String key = "k" + round;
                Source source = new Source("loaded");
                AtomicInteger waited = new AtomicInteger();
                Cache<String, String> first = Fleet.cache(fleet.service(0), cache -> cache);
                Cache<String, String> second = Fleet.cache(fleet.service(1), cache -> cache);
                CompletableFuture<String> loading =
                        CompletableFuture.supplyAsync(() -> String.valueOf(first.get(key, source)), Crowd::thread);
                source.awaitBegun();
                long reads = fleet.commands("eval");
                CompletableFuture<String> waiting = CompletableFuture.supplyAsync(
                        () -> String.valueOf(second.get(key, k -> "load " + waited.incrementAndGet())), Crowd::thread);
                until(() -> fleet.commands("eval") - reads > 10);
                source.letGo();

                assertThat(get(loading)).isEqualTo("loaded");
                assertThat(get(waiting)).isEqualTo("loaded");
                assertThat(waited).hasValue(0);
            }
        }
    }

    @Test
    void aFailedLoadIsToldToThoseWhoWaitInOtherProcesses() throws Exception {
        try (Fleet fleet = Fleet.of(PROCESSES, LONG)) {
            CountDownLatch letGo = new CountDownLatch(1);
            AtomicInteger loads = new AtomicInteger();
            List<Cache<String, String>> caches =
                    fleet.caches(cache -> cache.errorTtl(Duration.ofMinutes(1)).loader(key -> {
                        loads.incrementAndGet();
                        letGo.await();
                        throw new IllegalStateException("no database");
                    }));
            Crowd<SourceException> readers = Crowd.begin(PROCESSES * 8, i -> () -> {
                try {
                    caches.get(i % PROCESSES).get("k");
                } catch (SourceException e) {
                    return e;
                }
                throw new AssertionError("a value of a load that failed");
            });
            until(() -> misses(caches) == PROCESSES * 8);
            letGo.countDown();

            assertThat(readers.results()).doesNotHaveDuplicates();
            assertThat(loads).hasValue(1);
        }
    }

    @Test
    void aCallerWhoGivesUpEndsNobodyElsesWait() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            Source source = new Source("loaded");
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loader(source));
            List<CompletableFuture<String>> reads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                reads.add(caches.get(i % 2).async().get("k"));
            }
            source.awaitBegun();
            reads.get(0).cancel(true);
            reads.get(1).cancel(true);
            source.letGo();

            for (CompletableFuture<String> read : reads.subList(2, 8)) {
                assertThat(get(read)).isEqualTo("loaded");
            }
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    @Test
    void aLoaderThatReadsItsOwnKeyIsToldSo() throws Exception {
        try (Fleet fleet = Fleet.of(1, LONG)) {
            List<Cache<String, String>> self = new ArrayList<>();
            self.add(Fleet.cache(
                    fleet.service(0),
                    cache -> cache.loader(key -> String.valueOf(self.get(0).get(key)))));

            assertThatThrownBy(() -> self.get(0).get("k"))
                    .isInstanceOf(SourceException.class)
                    .hasStackTraceContaining("the very key that it loads");
            assertThatThrownBy(() -> self.get(0).getAll(List.of("j", "k")))
                    .isInstanceOf(SourceException.class)
                    .hasStackTraceContaining("the very key that it loads");
        }
    }

    @Test
    void whileALoaderHangsTheOthersAreToldWhenItsTimeIsUp() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            CountDownLatch letGo = new CountDownLatch(1);
            AtomicInteger loads = new AtomicInteger();
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loadTimeout(Duration.ofMillis(300))
                    .errorTtl(Duration.ofMillis(1))
                    .loader(key -> loads.incrementAndGet() == 1 ? hang(letGo) : "second"));
            CompletableFuture<String> first = caches.get(0).async().get("k");
            until(() -> loads.get() == 1);

            until(() -> "second".equals(read(caches.get(1))));
            letGo.countDown();

            assertThatThrownBy(() -> get(first)).hasStackTraceContaining("no answer within loadTimeout, 300 ms");
            until(() -> caches.get(0).stats().misses() == 1);
            assertThat(caches.get(0).get("k")).isEqualTo("second");
            assertThat(loads).hasValue(2);
        }
    }

    private static String read(Cache<String, String> cache) {
        try {
            return String.valueOf(cache.get("k"));
        } catch (SourceException failedElsewhere) {
            return String.valueOf(failedElsewhere.getMessage());
        }
    }

    /** Whatever interrupts it. */
    private static String hang(CountDownLatch letGo) {
        while (true) {
            try {
                letGo.await();
                return "late";
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
    }

    @Test
    void whoClosesWhileHeLoadsLeavesTheKeyToTheOthersAtOnce() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            Source source = new Source("from the one who closed");
            Cache<String, String> closing =
                    Fleet.cache(fleet.service(0), cache -> cache.loader(source).loadTimeout(LONG));
            Cache<String, String> other = Fleet.cache(fleet.service(1), cache -> cache.loader(key -> "from the other"));
            CompletableFuture<String> unfinished = closing.async().get("k");
            source.awaitBegun();
            CompletableFuture<String> waiting = other.async().get("k");
            until(() -> other.stats().misses() == 1);

            fleet.service(0).close();

            assertThat(get(waiting)).isEqualTo("from the other");
            assertThat(unfinished).isCompletedExceptionally();
            source.letGo();
        }
    }
}
