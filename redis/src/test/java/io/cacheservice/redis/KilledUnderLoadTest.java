package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.ConnectionStats.State;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server that dies and comes back while many threads use it. */
class KilledUnderLoadTest {
    private static final int CALLERS = 8;
    /** Far beyond the budgets below: whoever meets it would have waited for ever. */
    private static final long HANG_SECONDS = 15;

    @Test
    void everyCallIsAnsweredAndTheServiceServesAgainByItself() throws InterruptedException {
        try (RedisServer redis = RedisServer.start();
                CacheService service = CacheService.open(Tiers.config(redis.url())
                        .poolSize(2)
                        .coherenceSampleInterval(Duration.ZERO) // it has a connection of its own
                        .readTimeout(Duration.ofMillis(200))
                        .writeTimeout(Duration.ofMillis(200))
                        .build());
                Load load = new Load(service)) {
            for (int i = 0; i < 3; i++) {
                load.awaitSuccesses(200);
                redis.kill();
                load.awaitFailures(50);
                redis.restart();
                Awaitility.await()
                        .until(() ->
                                service.stats().connections().stream().allMatch(lane -> lane.state() == State.READY));
            }
            load.awaitSuccesses(200);
            load.stop();

            assertThat(load.unexpected).isEmpty();
            assertThat(service.stats().connections()).allSatisfy(lane -> {
                assertThat(lane.pending()).isZero();
                assertThat(lane.opened()).isEqualTo(4);
            });
        }
    }

    /** Threads that read and write without a pause. */
    private static final class Load implements AutoCloseable {
        private final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
        private final AtomicLong successes = new AtomicLong();
        private final AtomicLong failures = new AtomicLong();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();
        private final CacheService service;

        Load(CacheService service) {
            this.service = service;
            for (int i = 0; i < CALLERS; i++) {
                String key = "k" + i;
                Thread thread = new Thread(() -> run(key), "load-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        }

        void awaitSuccesses(long more) {
            long goal = successes.get() + more;
            Awaitility.await().until(() -> successes.get() >= goal);
        }

        void awaitFailures(long more) {
            long goal = failures.get() + more;
            Awaitility.await().until(() -> failures.get() >= goal);
        }

        void stop() throws InterruptedException {
            close();
            for (Thread thread : threads) {
                thread.join();
            }
        }

        @Override
        public void close() {
            stopped.set(true);
        }

        private void run(String key) {
            while (!stopped.get()) {
                call(service.async().set(key, bytes(key)));
                call(service.async().get(key));
                call(service.async().increment("n", 1, Duration.ofMinutes(1)));
            }
        }

        private void call(CompletableFuture<?> answer) {
            try {
                answer.get(HANG_SECONDS, TimeUnit.SECONDS);
                successes.incrementAndGet();
            } catch (ExecutionException e) {
                failures.incrementAndGet();
                if (!(e.getCause() instanceof CacheConnectionException)
                        && !(e.getCause() instanceof CacheTimeoutException)) {
                    unexpected.add(e.getCause());
                }
            } catch (TimeoutException e) {
                unexpected.add(new AssertionError("never answered\n" + ThreadDump.take(), e));
                stopped.set(true);
            } catch (InterruptedException e) {
                stopped.set(true);
            }
        }
    }
}
