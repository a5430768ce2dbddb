package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.LONG;
import static io.cacheservice.redis.coherence.Local.awaitCopy;
import static io.cacheservice.redis.coherence.Local.awaitReadAtServer;
import static io.cacheservice.redis.coherence.Local.get;
import static io.cacheservice.redis.coherence.Local.hits;
import static io.cacheservice.redis.coherence.Local.open;
import static io.cacheservice.redis.coherence.Local.settings;
import static io.cacheservice.redis.coherence.Local.shared;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.ConnectionStats.State;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After a write through a service, nobody reads something older through it (P1). */
@Timeout(60)
class OwnWritesTest {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private RedisServer redis;
    private FaultProxy proxy;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        redis.command("SET", "k", "old");
        proxy = FaultProxy.to(redis.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    @Test
    void aReadThatFollowsAWriteIsNotAnsweredByTheCopyFromBefore() throws Exception {
        try (CacheService service = open(proxy.url(), LONG)) {
            Cache<String, String> cache = shared(service);
            awaitCopy(cache, "k", "old");
            proxy.hold(Direction.TO_SERVER);
            var write = cache.async().put("k", "new");
            var read = cache.async().get("k");
            proxy.release();

            assertThat(get(read)).isEqualTo("new");
            assertThat(get(write)).isEqualTo(WriteOutcome.APPLIED);
        }
    }

    @Test
    void whatWasReadWhileAWriteWasUnderWayEndsBeforeTheWriterIsAnswered() throws Exception {
        SteppingExecutor steps = new SteppingExecutor();
        try (CacheService service = openStepping(steps)) {
            CompletableFuture<Long> write = countOvertakenByARead(service, steps);
            letItCount();
            steps.next();
            assertThat(get(write)).isEqualTo(2);
            CompletableFuture<byte @Nullable []> after = service.async().get("n");
            steps.end();

            assertThat(get(after)).isEqualTo(bytes("2"));
        } finally {
            steps.end();
        }
    }

    @Test
    void whatWasReadWhileAWriteWasUnderWayEndsWhenTheTimeOfTheWriteIsUp() throws Exception {
        SteppingExecutor steps = new SteppingExecutor();
        try (CacheService service = openStepping(steps)) {
            CompletableFuture<Long> write = countOvertakenByARead(service, steps);
            proxy.hold(Direction.TO_CLIENT);
            steps.next();
            awaitItHasCounted(service);
            assertThatThrownBy(() -> get(write)).hasCauseInstanceOf(CacheTimeoutException.class);
            CompletableFuture<byte @Nullable []> after = service.async().get("n");
            steps.end();
            proxy.release();

            assertThat(get(after)).isEqualTo(bytes("2"));
        } finally {
            steps.end();
        }
    }

    @Test
    void whatWasReadWhileAWriteWasUnderWayEndsWithTheConnection() throws Exception {
        SteppingExecutor steps = new SteppingExecutor();
        try (CacheService service = openStepping(steps)) {
            CompletableFuture<Long> write = countOvertakenByARead(service, steps);
            proxy.hold(Direction.TO_CLIENT);
            steps.next();
            awaitItHasCounted(service);
            proxy.refuse();
            proxy.cut();
            proxy.release();
            assertThatThrownBy(() -> get(write)).hasCauseInstanceOf(CacheConnectionException.class);
            CompletableFuture<byte @Nullable []> after = service.async().get("n");
            steps.end();

            // Redis is asked, and not there; nobody says 1
            assertThatThrownBy(() -> get(after)).hasCauseInstanceOf(CacheConnectionException.class);
        } finally {
            steps.end();
        }
    }

    private CacheService openStepping(SteppingExecutor executor) {
        return CacheService.builder()
                .config(settings(LONG)
                        .url(proxy.url())
                        .writeTimeout(Duration.ofSeconds(2))
                        .build())
                .executor(executor)
                .open();
    }

    /**
     * Counts from 1 to 2 with a script that the server has forgotten: it is sent again, so that a read which was given later
     * overtakes it and finds 1. The server counts when it is let. From then on the I/O thread stands still whenever somebody has been answered, and can hear of no
     * change.
     */
    private CompletableFuture<Long> countOvertakenByARead(CacheService service, SteppingExecutor steps)
            throws Exception {
        service.increment("n", 1, LIFE);
        redis.command("SCRIPT", "FLUSH");
        long before = hits(redis);
        proxy.hold(Direction.TO_CLIENT);
        steps.begin();
        CompletableFuture<Long> write = service.async().increment("n", 1, LIFE);
        CompletableFuture<byte @Nullable []> read = service.async().get("n");
        awaitReadAtServer(redis, before);
        redis.command("CLIENT", "PAUSE", "60000", "WRITE"); // what is sent again waits, whenever it comes
        proxy.release();
        assertThat(get(read)).isEqualTo(bytes("1"));
        return write;
    }

    private void letItCount() {
        redis.command("CLIENT", "UNPAUSE");
    }

    private void awaitItHasCounted(CacheService service) {
        letItCount();
        Awaitility.await()
                .until(() -> "2".equals(redis.command("GET", service.config().keyPrefix() + ":n")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void aCopyWhoseKeyHasChangedIsNotUsedWhileNobodyHasRemovedIt() throws Exception {
        try (CacheService service = open(redis.url(), LONG);
                OccupiedCommonPool pool = new OccupiedCommonPool()) {
            Cache<String, String> cache = shared(service);
            awaitCopy(cache, "k", "old");
            cache.put("k", "new");

            assertThat(cache.get("k")).isEqualTo("new");
            assertThat(pool.isOccupied()).isTrue();
        }
    }

    @Test
    void anInvalidationThatRedisDidNotTakeEndsTheCopyAllTheSame() {
        AtomicReference<String> source = new AtomicReference<>("old");
        try (CacheService service = open(proxy.url(), LONG)) {
            Cache<String, String> cache =
                    shared(service, "loaded").loader(key -> source.get()).open();
            awaitCopy(cache, "k", "old");
            proxy.refuse();
            proxy.cut();
            Awaitility.await().until(() -> service.stats().connections().get(0).state() == State.DOWN);
            source.set("new");

            assertThat(cache.invalidate("k")).isEqualTo(WriteOutcome.QUEUED);
            assertThat(cache.get("k")).isEqualTo("new");
        }
    }

    /** Keeps the threads busy that remove what is dead. */
    private static final class OccupiedCommonPool implements AutoCloseable {
        private final CountDownLatch released = new CountDownLatch(1);

        OccupiedCommonPool() throws InterruptedException {
            int threads = ForkJoinPool.commonPool().getParallelism();
            CountDownLatch occupied = new CountDownLatch(threads);
            for (int i = 0; i < threads; i++) {
                ForkJoinPool.commonPool().execute(() -> occupy(occupied));
            }
            occupied.await();
        }

        boolean isOccupied() {
            return released.getCount() > 0;
        }

        private void occupy(CountDownLatch occupied) {
            occupied.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            released.countDown();
        }
    }
}
