package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.ConnectionStats.State;
import io.cacheservice.KeyCodec;
import io.cacheservice.TypeRef;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the end of an outage costs the source, and what becomes of what was loaded meanwhile. */
class RecoveryTest {
    private static final int CALLERS = 64;
    private static final int KEYS = 10_000;
    private static final int MOST_LOADS = 16;
    private static final Duration MAX_STALENESS = Duration.ofMillis(300);

    /** A source that counts, and answers after two milliseconds. */
    private static final class Source {
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private final AtomicInteger loads = new AtomicInteger();

        CompletableFuture<Integer> load() {
            loads.incrementAndGet();
            mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            return CompletableFuture.supplyAsync(
                    running::getAndDecrement, CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS));
        }
    }

    private static CacheService open(String url) {
        return CacheService.open(CacheConfig.builder()
                .url(url)
                .maxStaleness(MAX_STALENESS)
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10))
                .build());
    }

    private static boolean isReady(CacheService service) {
        return service.stats().connections().stream().allMatch(lane -> lane.state() == State.READY);
    }

    @Test
    void aRedisThatComesBackEmptyCostsTheSourceNoMoreAtOnceThanTheOutageAndOneLoadForEachKey() throws Exception {
        List<Source> sources = List.of(new Source(), new Source());
        ExecutorService pool = Executors.newFixedThreadPool(CALLERS);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        try (RedisServer server = RedisServer.start();
                CacheService one = open(server.url());
                CacheService other = open(server.url())) {
            List<Cache<Integer, Integer>> caches = List.of(cache(one, sources.get(0)), cache(other, sources.get(1)));
            server.kill();
            Awaitility.await().until(() -> !isReady(one) && !isReady(other));
            List<? extends Future<?>> callers = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> pool.submit(() -> {
                        while (!isOver.get()) {
                            caches.get(caller % 2).get(reads.getAndIncrement() % KEYS);
                        }
                    }))
                    .toList();
            Awaitility.await().until(() -> sum(sources) > 2 * CALLERS);

            server.restart();
            Awaitility.await().until(() -> isReady(one) && isReady(other));
            int loadsBefore = sum(sources);
            int readsBefore = reads.get();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> reads.get() - readsBefore > 2 * KEYS);
            int loads = sum(sources) - loadsBefore;
            isOver.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }

            System.out.printf(
                    "%d keys were loaded %d times after the outage, at most %s at once%n",
                    KEYS,
                    loads,
                    sources.stream().map(source -> source.mostAtOnce).toList());
            assertThat(loads)
                    .as("one for each key, and those that were asked for while Redis was away")
                    .isLessThanOrEqualTo(KEYS + CALLERS);
            assertThat(sources)
                    .allSatisfy(source -> assertThat(source.mostAtOnce.get()).isBetween(1, MOST_LOADS));
        } finally {
            isOver.set(true);
            pool.shutdownNow();
        }
    }

    private static Cache<Integer, Integer> cache(CacheService service, Source source) {
        return service.cache("numbers", KeyCodec.ints(), TypeRef.of(Integer.class))
                .maxLoads(MOST_LOADS)
                .asyncLoader((key, context) -> source.load())
                .open();
    }

    private static int sum(List<Source> sources) {
        return sources.stream().mapToInt(source -> source.loads.get()).sum();
    }

    @Test
    void whatWasLoadedDuringAnOutageIsNotServedForLongerThanMaxStaleness() {
        AtomicInteger source = new AtomicInteger(1);
        try (RedisServer server = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(server.port());
                CacheService cutOff = open(proxy.url());
                CacheService other = open(server.url())) {
            Cache<String, Integer> cache = cutOff.cache("versions", Integer.class)
                    .loader(key -> source.get())
                    .open();
            Cache<String, Integer> others = other.cache("versions", Integer.class)
                    .loader(key -> source.get())
                    .open();
            proxy.refuse();
            proxy.reset();
            Awaitility.await().until(() -> !isReady(cutOff));
            assertThat(cache.get("k")).isEqualTo(1);
            source.set(2);
            assertThat(others.put("k", 3)).isEqualTo(WriteOutcome.APPLIED);
            long writtenAtNanos = System.nanoTime();
            proxy.accept();

            Awaitility.await().until(() -> {
                boolean isLate = System.nanoTime() - writtenAtNanos > MAX_STALENESS.toNanos();
                Integer read = cache.get("k");
                assertThat(read != null && (!isLate || read > 1))
                        .as("%s, late: %s", read, isLate)
                        .isTrue();
                return read != null && read == 3;
            });
        }
    }
}
