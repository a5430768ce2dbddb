package io.cacheservice.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.KeyCodec;
import io.cacheservice.Tiers;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.chaos.Chaos;
import io.cacheservice.testkit.chaos.ChaosPlan;
import io.cacheservice.testkit.chaos.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers with a source get no error and no wrong value whatever the tier does, and a reader who invalidated a key never sees
 * what it was before.
 */
@Timeout(120)
class ReadersUnderChaosTest {
    private static final int KEYS = 20;
    private static final int THREADS = 6;
    private static final int READS = 150;
    private static final long SEED = 23;

    private final RedisServer server = RedisServer.start();
    private final Chaos chaos = Chaos.seeded(SEED);
    private final CacheService service = CacheService.builder()
            .config(CacheConfig.builder()
                    .url(server.url())
                    .readTimeout(Duration.ofMillis(40))
                    .writeTimeout(Duration.ofMillis(40))
                    .maxStaleness(Duration.ofMillis(200))
                    .build())
            .remoteTier(chaos.remoteTier())
            .open();

    /** How often each row of the source was changed. */
    private final AtomicLongArray rows = new AtomicLongArray(KEYS);

    /** The newest version of each whose invalidation was answered. */
    private final AtomicLongArray invalidated = new AtomicLongArray(KEYS);

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        service.close();
        server.close();
    }

    static Stream<Arguments> troubles() {
        ChaosPlan calm = ChaosPlan.none();
        Duration late = Duration.ofMillis(20);
        return Stream.of(
                Arguments.of(Trouble.FAILED, calm.failing(1)),
                Arguments.of(Trouble.FAILED, calm.failing(0.3)),
                Arguments.of(Trouble.DELAYED, calm.delaying(1, late)),
                Arguments.of(Trouble.DELAYED, calm.delaying(0.3, Duration.ofSeconds(5))),
                Arguments.of(Trouble.CORRUPTED, calm.corrupting(1)),
                Arguments.of(Trouble.CORRUPTED, calm.corrupting(0.3)),
                Arguments.of(Trouble.VANISHED, calm.vanishing(1)),
                Arguments.of(Trouble.VANISHED, calm.vanishing(0.3)),
                Arguments.of(
                        Trouble.CORRUPTED,
                        calm.failing(0.1).delaying(0.1, late).corrupting(0.2).vanishing(0.1)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("troubles")
    void readersWithASourceGetTheRightValueAndNoError(Trouble trouble, ChaosPlan plan) {
        Cache<Integer, Long> both = open("both", Tiers.BOTH);
        Cache<Integer, Long> asking = open("asking", Tiers.REMOTE_ONLY);
        both.get(0);
        asking.get(0);
        chaos.begin(plan);

        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(SEED + i);
            Cache<Integer, Long> cache = i % 2 == 0 ? both : asking;
            readers.add(inThread(() -> read(cache, random)));
        }
        readers.add(inThread(() -> write(both, asking, new Random(SEED))));
        readers.forEach(CompletableFuture::join);

        assertThat(wrong).isEmpty();
        assertThat(chaos.count(trouble)).isPositive();
        chaos.end();
        for (int key = 0; key < KEYS; key++) {
            assertThat(both.get(key)).isEqualTo(rows.get(key));
            assertThat(asking.get(key)).isEqualTo(rows.get(key));
        }
    }

    private Cache<Integer, Long> open(String name, Tiers tiers) {
        return service.cache(name, KeyCodec.ints(), Long.class)
                .ttl(Duration.ofMinutes(1))
                .tiers(tiers)
                .loader(rows::get)
                .open();
    }

    private void read(Cache<Integer, Long> cache, Random random) {
        for (int i = 0; i < READS; i++) {
            int key = random.nextInt(KEYS);
            long least = invalidated.get(key);
            try {
                Long found = cache.get(key);
                if (found == null || found < least || found > rows.get(key)) {
                    wrong.add(key + " = " + found + ", which was " + least + " before and is " + rows.get(key));
                }
            } catch (CacheException e) {
                wrong.add(String.valueOf(e));
            }
        }
    }

    private void write(Cache<Integer, Long> both, Cache<Integer, Long> asking, Random random) {
        for (int i = 0; i < READS / 2; i++) {
            int key = random.nextInt(KEYS);
            long version = rows.incrementAndGet(key);
            both.invalidate(key);
            asking.invalidate(key);
            invalidated.set(key, version);
        }
    }

    private static CompletableFuture<Void> inThread(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                })
                .start();
        return done;
    }
}
