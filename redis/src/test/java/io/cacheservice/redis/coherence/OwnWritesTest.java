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

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.ConnectionStats.State;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
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

    /**
     * A script that the server has forgotten is sent again, so that a read which was given later overtakes it and is kept;
     * then the I/O thread stands still from the moment at which the writer is answered, and can hear of no change.
     */
    @Test
    void whatWasReadWhileAWriteWasUnderWayEndsBeforeTheWriterIsAnswered() throws Exception {
        SteppingExecutor steps = new SteppingExecutor();
        try (CacheService service = CacheService.builder()
                .config(settings(LONG).url(proxy.url()).build())
                .executor(steps)
                .open()) {
            service.increment("n", 1, LIFE);
            redis.command("SCRIPT", "FLUSH");
            long before = hits(redis);
            proxy.hold(Direction.TO_CLIENT);
            steps.begin();
            var write = service.async().increment("n", 1, LIFE);
            var read = service.async().get("n");
            awaitReadAtServer(redis, before);
            proxy.release();

            assertThat(get(read)).isEqualTo("1".getBytes(UTF_8));
            steps.next();
            assertThat(get(write)).isEqualTo(2);
            var after = service.async().get("n");
            steps.end();
            assertThat(get(after)).isEqualTo("2".getBytes(UTF_8));
        } finally {
            steps.end();
        }
    }

    @Test
    @SuppressWarnings("try") // the pool is occupied, and nothing else is done with it
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
