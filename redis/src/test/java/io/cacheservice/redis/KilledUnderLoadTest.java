package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheException;
import io.cacheservice.ConnectionStats.State;
import io.cacheservice.spi.RemoteTier;
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
                RemoteTier tier = Tiers.open(Tiers.config(redis.url())
                        .poolSize(2)
                        .readTimeout(Duration.ofMillis(200))
                        .writeTimeout(Duration.ofMillis(200)))) {
            Load load = new Load(tier);
            load.start();
            for (int i = 0; i < 3; i++) {
                load.awaitSuccesses(200);
                redis.kill();
                load.awaitFailures(50);
                redis.restart();
                long back = System.nanoTime();
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> tier.connections().stream().allMatch(lane -> lane.state() == State.READY));
                assertThat(Duration.ofNanos(System.nanoTime() - back))
                        .as("the longest pause between tries is half a second")
                        .isLessThan(Duration.ofSeconds(5));
            }
            load.awaitSuccesses(200);
            load.stop();

            assertThat(load.unexpected).isEmpty();
            assertThat(tier.connections()).allSatisfy(lane -> {
                assertThat(lane.pending()).isZero();
                assertThat(lane.opened()).isEqualTo(4);
            });
        }
    }

    /** Threads that read and write without a pause. */
    private static final class Load {
        private final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
        private final AtomicLong successes = new AtomicLong();
        private final AtomicLong failures = new AtomicLong();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();
        private final RemoteTier tier;

        Load(RemoteTier tier) {
            this.tier = tier;
        }

        void start() {
            for (int i = 0; i < CALLERS; i++) {
                byte[] key = bytes("k" + i);
                Thread thread = new Thread(() -> run(key), "load-" + i);
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
            stopped.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private void run(byte[] key) {
            while (!stopped.get()) {
                call(tier.set(key, key, 60_000));
                call(tier.get(key, true));
                call(tier.increment(bytes("n"), 1, 60_000));
            }
        }

        private void call(CompletableFuture<?> answer) {
            try {
                answer.get(HANG_SECONDS, TimeUnit.SECONDS);
                successes.incrementAndGet();
            } catch (ExecutionException e) {
                failures.incrementAndGet();
                if (!(e.getCause() instanceof CacheException)) {
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
