package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.Lookup;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Reason;
import io.cacheservice.WriteOutcome;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers see while Redis is away, and after it came back. */
class RedisOutageTest {
    private final RedisServer server = RedisServer.builder().persistent().start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aReadWithALoaderIsAnsweredByTheSourceWhileRedisIsAway() {
        try (CacheService service = open()) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .loader(key -> "from the source")
                    .open();
            server.kill();

            assertThat(cache.get("k")).isEqualTo("from the source");
        }
    }

    @Test
    void aReadWithoutALoaderFailsByDefaultAndIsAMissWhereChosen() {
        try (CacheService service = open()) {
            Cache<String, String> failing =
                    service.cache("failing", String.class).open();
            Cache<String, String> missing = service.cache("missing", String.class)
                    .onUnavailable(OnUnavailable.MISS)
                    .open();
            server.kill();
            awaitDown(service);

            assertThatThrownBy(() -> failing.get("k")).isInstanceOf(CacheConnectionException.class);
            assertThat(missing.get("k")).isNull();
            assertThat(missing.lookup("k").reason()).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void anInvalidationOfAKeyWithASourceIsQueuedAndItsOldValueIsNeverReadAgain() {
        try (CacheService service = open()) {
            AtomicInteger version = new AtomicInteger(1);
            Cache<String, Integer> cache = service.cache("versions", Integer.class)
                    .loader(key -> version.get())
                    .open();
            assertThat(cache.get("k")).isEqualTo(1);
            server.command("SAVE");
            server.kill();
            awaitDown(service);

            version.set(2);
            assertThat(cache.invalidate("k")).isEqualTo(WriteOutcome.QUEUED);
            assertThat(service.stats().journaled()).isEqualTo(1);

            server.restart(); // with the old value on disk
            assertThat(server.command("EXISTS", "cache:versions:k")).isEqualTo(1L);
            Awaitility.await().untilAsserted(() -> assertThat(cache.get("k")).isEqualTo(2));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(service.stats().journaled()).isZero());
            assertThat(cache.get("k")).isEqualTo(2);
        }
    }

    @Test
    void aRemovalOfAKeyWithoutASourceFailsInsteadOfBeingQueued() {
        try (CacheService service = open()) {
            service.set("k", bytes("v"));
            server.kill();
            awaitDown(service);

            assertThatThrownBy(() -> service.delete("k"))
                    .isInstanceOfSatisfying(
                            CacheConnectionException.class,
                            e -> assertThat(e.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED));
            assertThat(service.stats().journaled()).isZero();
        }
    }

    @Test
    void aFullJournalRefusesFurtherInvalidationsAndKeepsThoseItHas() {
        try (CacheService service = CacheService.open(
                CacheConfig.builder().url(server.url()).journalSize(2).build())) {
            Cache<String, String> cache =
                    service.cache("names", String.class).loader(key -> "v").open();
            server.kill();
            awaitDown(service);

            assertThat(cache.invalidate("a")).isEqualTo(WriteOutcome.QUEUED);
            assertThat(cache.invalidate("b")).isEqualTo(WriteOutcome.QUEUED);
            assertThat(cache.invalidate("a")).isEqualTo(WriteOutcome.QUEUED);
            assertThatThrownBy(() -> cache.invalidate("c")).isInstanceOf(CacheConnectionException.class);
            assertThat(service.stats().journaled()).isEqualTo(2);
        }
    }

    @Test
    void aWriteThatGotNoAnswerSaysThatItsOutcomeIsUnknown() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.port());
                CacheService service =
                        CacheService.open(CacheConfig.builder().url(proxy.url()).build())) {
            service.set("k", bytes("v1"));
            proxy.blackhole(Direction.TO_CLIENT);

            assertThatThrownBy(() -> service.set("k", bytes("v2")))
                    .isInstanceOfSatisfying(
                            CacheTimeoutException.class,
                            e -> assertThat(e.outcome()).isEqualTo(FailedOutcome.UNKNOWN));
            assertThat(server.command("EXISTS", "cache::k")).isEqualTo(1L);
        }
    }

    @Test
    void underLoadEveryCallEndsWithinItsBudgetAndTheClientServesAgainSoonAfterRedisIsBack() {
        try (CacheService service = open();
                Load load = new Load(service)) {
            for (int round = 0; round < 3; round++) {
                load.awaitServed(1_000);
                server.kill();
                load.awaitFailed(100);
                server.restart();
                long back = System.nanoTime();
                load.awaitServed(1);
                assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(1));
            }
            load.stop();
            assertThat(load.unexpected).isEmpty();
            // writeTimeout is 100 ms; the rest is for the threads to get a processor on a busy machine
            assertThat(Duration.ofNanos(load.longestNanos.get())).isLessThan(Duration.ofSeconds(1));
        }
    }

    /** Callers that read and write without a pause. */
    private static final class Load implements AutoCloseable {
        private static final int CALLERS = 8;

        private final CacheService service;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicLong served = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final AtomicLong longestNanos = new AtomicLong();
        private final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
        private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

        Load(CacheService service) {
            this.service = service;
            for (int caller = 0; caller < CALLERS; caller++) {
                int number = caller;
                callers.execute(() -> run(number));
            }
        }

        private void run(int number) {
            for (int i = 0; !stop.get(); i++) {
                long startedNanos = System.nanoTime();
                try {
                    if (i % 4 == 0) {
                        service.set("k" + (i + number) % 64, bytes("v" + i));
                    } else {
                        service.get("k" + (i + number) % 64);
                    }
                    served.incrementAndGet();
                } catch (CacheConnectionException | CacheTimeoutException expected) {
                    failed.incrementAndGet();
                } catch (RuntimeException | Error other) {
                    unexpected.add(other);
                }
                longestNanos.accumulateAndGet(System.nanoTime() - startedNanos, Math::max);
            }
        }

        void awaitServed(int more) {
            long goal = served.get() + more;
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> served.get() >= goal);
        }

        void awaitFailed(int more) {
            long goal = failed.get() + more;
            Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> failed.get() >= goal);
        }

        void stop() {
            close();
            Awaitility.await().until(callers::isTerminated);
        }

        @Override
        public void close() {
            stop.set(true);
            callers.shutdown();
        }
    }

    @Test
    void aServiceOpensWhileRedisIsAwayAndServesWhenItComes() {
        server.kill();
        try (CacheService service = open()) {
            assertThatThrownBy(() -> service.get("k")).isInstanceOf(CacheConnectionException.class);
            server.restart();
            Awaitility.await().ignoreExceptions().untilAsserted(() -> {
                service.set("k", bytes("v"));
                Lookup<byte[]> lookup = service.lookup("k");
                assertThat(lookup.isHit()).isTrue();
            });
        }
    }

    private CacheService open() {
        return CacheService.open(CacheConfig.builder().url(server.url()).build());
    }

    private static void awaitDown(CacheService service) {
        Awaitility.await()
                .until(() -> service.stats().connections().stream()
                        .noneMatch(lane -> lane.state() == io.cacheservice.ConnectionStats.State.READY));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
