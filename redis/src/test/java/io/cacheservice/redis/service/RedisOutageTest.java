package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cacheservice.BatchOutcome;
import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.EntryFormat;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
    void anInvalidationWhereCallersBringTheLoadersIsQueuedToo() {
        try (CacheService service = open()) {
            Cache<String, String> cache =
                    service.cache("names", String.class).loadedByCallers().open();
            cache.put("k", "old");
            server.kill();
            awaitDown(service);

            assertThat(cache.invalidate("k")).isEqualTo(WriteOutcome.QUEUED);
            server.restart();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.command("EXISTS", "cache:names:k"))
                            .isEqualTo(0L));
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
    void aFullJournalClearsTheCacheInsteadOfForgettingAnInvalidation() {
        try (CacheService service = CacheService.open(wide().journalSize(2).build())) {
            AtomicInteger version = new AtomicInteger(1);
            Cache<String, Integer> cache = service.cache("versions", Integer.class)
                    .loader(key -> version.get())
                    .open();
            cache.get("c");
            cache.get("untouched");
            server.kill();
            awaitDown(service);

            version.set(2);
            assertThat(cache.invalidate("a")).isEqualTo(WriteOutcome.QUEUED);
            assertThat(cache.invalidate("b")).isEqualTo(WriteOutcome.QUEUED);
            assertThat(cache.invalidate("c")).isEqualTo(WriteOutcome.QUEUED);
            assertThat(service.stats().journaled()).as("two keys and the epoch").isEqualTo(3);
            server.restart();

            Awaitility.await().until(() -> service.stats().journaled() == 0);
            assertThat(cache.get("c")).isEqualTo(2);
            assertThat(cache.get("untouched")).isEqualTo(2);
        }
    }

    @Test
    void tagsThatFindNoRoomInTheJournalAreRefused() {
        try (CacheService service = CacheService.open(wide().journalSize(1).build())) {
            Cache<String, String> cache =
                    service.cache("names", String.class).loader(key -> "v").open();
            server.kill();
            awaitDown(service);
            assertThat(cache.invalidate("a")).isEqualTo(WriteOutcome.QUEUED);

            assertThatThrownBy(() -> cache.invalidateTag("t")).isInstanceOf(CacheConnectionException.class);
            assertThat(service.stats().journaled()).isEqualTo(1);
        }
    }

    @Test
    void whereNothingCanBeClearedAFullJournalRefusesFurtherInvalidationsAndKeepsThoseItHas() {
        try (CacheService service = CacheService.open(wide().journalSize(2).build())) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .format(EntryFormat.RAW)
                    .loader(key -> "v")
                    .open();
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
    void aFillThatRedisRefusedOwesNothingAndAWriteDoes() {
        try (CacheService service = open()) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .loader(key -> "from the source")
                    .open();
            cache.put("kept", "put");
            server.command("REPLICAOF", "127.0.0.1", "1");

            assertThat(cache.get("k")).isEqualTo("from the source");
            assertThat(service.stats().journaled()).isZero();
            assertThatThrownBy(() -> cache.put("kept", "changed")).hasMessageContaining("READONLY");
            assertThat(service.stats().journaled()).isEqualTo(1);
            server.command("REPLICAOF", "NO", "ONE");
        }
    }

    @Test
    void aFillWithoutALeaseThatGotNoAnswerIsRemovedLater() throws Exception {
        assertThat(journaledAfterAFillWithoutAnAnswer(EntryFormat.RAW)).isEqualTo(1);
    }

    @Test
    void aFillUnderALeaseThatGotNoAnswerOwesNothing() throws Exception {
        assertThat(journaledAfterAFillWithoutAnAnswer(EntryFormat.FRAMED))
                .as("it is refused when it comes late")
                .isZero();
    }

    private int journaledAfterAFillWithoutAnAnswer(EntryFormat format) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.port());
                CacheService service =
                        CacheService.open(CacheConfig.builder().url(proxy.url()).build())) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .format(format)
                    .loader(key -> {
                        proxy.blackhole(Direction.TO_CLIENT);
                        return "from the source";
                    })
                    .open();

            assertThat(cache.get("k")).isEqualTo("from the source");
            return service.stats().journaled();
        }
    }

    @Test
    void aWriteWhoseRemovalFindsNoRoomInTheJournalSaysThatItsOldValueMayBeRead() {
        try (CacheService service = CacheService.open(
                CacheConfig.builder().url(server.url()).journalSize(1).build())) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .format(EntryFormat.RAW)
                    .loader(key -> "v")
                    .open();
            server.kill();
            awaitDown(service);
            cache.invalidate("a");

            assertThatThrownBy(() -> cache.put("b", "changed"))
                    .isInstanceOfSatisfying(
                            CacheConnectionException.class,
                            e -> assertThat(e.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED))
                    .hasMessageContaining("journalSize")
                    .hasMessageContaining("repeat");
            assertThatThrownBy(() -> cache.invalidate("b")).hasMessageContaining("journalSize");
        }
    }

    @Test
    void anInvalidationThatTheUserMayNotSendFailsInsteadOfBeingQueuedForEver() {
        try (RedisServer strict = RedisServer.builder()
                        .user("app on >app-pass ~* &* +@all -unlink")
                        .start();
                CacheService service = CacheService.open(CacheConfig.builder()
                        .url("redis://app:app-pass@127.0.0.1:" + strict.port())
                        .build())) {
            Cache<String, String> cache =
                    service.cache("names", String.class).loader(key -> "v").open();

            assertThatThrownBy(() -> cache.invalidate("k"))
                    .isInstanceOf(CacheConnectionException.class)
                    .hasMessageContaining("NOPERM");
            assertThat(service.stats().journaled()).isZero();
        }
    }

    @Test
    void aBatchOfInvalidationsSaysHowManyAreOnlyQueued() {
        try (CacheService service = open()) {
            Cache<String, String> cache =
                    service.cache("names", String.class).loader(key -> "v").open();
            server.kill();
            awaitDown(service);

            BatchOutcome outcome = cache.invalidateAll(List.of("a", "b"));
            assertThat(outcome.applied()).isZero();
            assertThat(outcome.queued()).isEqualTo(2);
            assertThat(outcome.failures()).isEmpty();
            assertThat(outcome.complete()).isFalse();
        }
    }

    @Test
    void theFailuresOfABatchComeInRequestOrder() {
        try (CacheService service = CacheService.open(
                CacheConfig.builder().url(server.url()).maxValueBytes(1_024).build())) {
            server.kill();
            awaitDown(service);
            Map<String, byte[]> entries = new LinkedHashMap<>();
            entries.put("a", bytes("v"));
            entries.put("b", new byte[2_000]);
            entries.put("c", bytes("v"));

            assertThat(service.setAll(entries, Duration.ofMinutes(1)).failures().keySet())
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void callersThatAreRefusedGetAnExceptionEach() {
        try (CacheService service = open()) {
            server.kill();
            awaitDown(service);

            Throwable one = catchThrowable(() -> service.get("k"));
            Throwable other = catchThrowable(() -> service.get("k"));

            assertThat(one).isInstanceOf(CacheConnectionException.class).isNotSameAs(other);
            assertThat(other).isInstanceOf(CacheConnectionException.class);
        }
    }

    @Test
    void whatIsLoadedWhileRedisIsAwayIsSaidToEndWithItsLife() {
        try (CacheService service = open()) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .ttl(Duration.ofMinutes(5))
                    .loader(key -> "v")
                    .open();
            server.kill();
            awaitDown(service);

            assertThat(((Lookup.Hit<String>) cache.lookup("k")).remaining())
                    .hasValueSatisfying(
                            life -> assertThat(life).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
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
            try (CacheService other = open()) {
                assertThat(other.get("k")).isEqualTo(bytes("v2"));
            }
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
        return CacheService.open(wide().build());
    }

    /** Budgets so long that only what hangs misses them. */
    private CacheConfig.Builder wide() {
        return CacheConfig.builder()
                .url(server.url())
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10));
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
