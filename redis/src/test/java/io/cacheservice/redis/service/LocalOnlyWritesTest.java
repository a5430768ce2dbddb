package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.BatchOutcome;
import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.ConnectionStats;
import io.cacheservice.EntryFormat;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.SourceWriter;
import io.cacheservice.Tier;
import io.cacheservice.Tiers;
import io.cacheservice.WriteOutcome;
import io.cacheservice.Writes;
import io.cacheservice.WritesWhileUnavailable;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that Redis does not take, where they are kept in the process: what it sees, what others see, and for how long. */
class LocalOnlyWritesTest {
    private final RedisServer server = RedisServer.start();
    private final AtomicInteger source = new AtomicInteger(1);
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void stop() {
        server.close();
    }

    private CacheConfig.Builder settings() {
        return CacheConfig.builder()
                .url(server.url())
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10));
    }

    private CacheService open() {
        return CacheService.open(settings().build());
    }

    private CacheBuilder<String, Integer> building(CacheService service) {
        return service.cache("numbers", Integer.class)
                .writesWhileUnavailable(WritesWhileUnavailable.LOCAL_ONLY)
                .loader(key -> {
                    loads.incrementAndGet();
                    return source.get();
                });
    }

    private void leaveRedis(CacheService service) {
        server.kill();
        Awaitility.await()
                .until(() -> service.stats().connections().stream()
                        .noneMatch(lane -> lane.state() == ConnectionStats.State.READY));
    }

    @Test
    void theWriterReadsItsOwnWriteAndIsToldThatNobodyElseHasIt() {
        try (CacheService service = open()) {
            Cache<String, Integer> cache = building(service).open();
            assertThat(cache.get("k")).isEqualTo(1);
            leaveRedis(service);

            assertThat(cache.put("k", 2)).isEqualTo(WriteOutcome.LOCAL_ONLY);

            for (int i = 0; i < 3; i++) {
                assertThat(cache.get("k")).isEqualTo(2);
                assertThat(cache.getIfPresent("k")).isEqualTo(2);
                assertThat(cache.getAll(List.of("k"))).containsEntry("k", 2);
            }
            Lookup<Integer> lookup = cache.lookup("k");
            assertThat(lookup.reason()).isEqualTo(Reason.LOCAL_ONLY);
            assertThat(lookup.tier()).isEqualTo(Tier.LOCAL);
            assertThat(((Lookup.Hit<Integer>) lookup).version()).isEmpty();
            assertThat(loads.get()).isEqualTo(1);
            assertThat(cache.get("k", ReadOptions.latest())).as("the source").isEqualTo(1);
        }
    }

    @Test
    void whenRedisIsBackNeitherThatValueNorTheOneBeforeItStays() {
        try (CacheService service = open()) {
            Cache<String, Integer> cache = building(service).open();
            assertThat(cache.get("k")).isEqualTo(1);
            server.command("SAVE");
            leaveRedis(service);
            assertThat(cache.put("k", 2)).isEqualTo(WriteOutcome.LOCAL_ONLY);
            source.set(3);
            server.restart();
            assertThat(server.command("EXISTS", "cache:numbers:k")).isEqualTo(1L);

            Awaitility.await().until(() -> {
                assertThat(cache.get("k")).isIn(2, 3);
                return service.stats().journaled() == 0;
            });
            assertThat(cache.get("k")).isEqualTo(3);
            assertThat(cache.lookup("k").reason()).isNotEqualTo(Reason.LOCAL_ONLY);
        }
    }

    @Test
    void othersSeeWhatRedisHoldsUntilItsRemovalIsDelivered() {
        try (FaultProxy proxy = FaultProxy.to(server.port());
                CacheService cutOff =
                        CacheService.open(settings().url(proxy.url()).build());
                CacheService other = open()) {
            Cache<String, Integer> cache = building(cutOff).open();
            Cache<String, Integer> others = building(other).open();
            assertThat(others.get("k")).isEqualTo(1);
            proxy.refuse();
            proxy.reset();
            Awaitility.await().until(() -> cache.put("k", 2) == WriteOutcome.LOCAL_ONLY);

            assertThat(others.get("k")).isEqualTo(1);
            assertThat(others.put("k", 5)).isEqualTo(WriteOutcome.APPLIED);
            assertThat(cache.get("k")).as("allowed to be old, and marked").isEqualTo(2);
            source.set(6);
            proxy.accept();
            Awaitility.await().until(() -> cutOff.stats().journaled() == 0);
            assertThat(cache.get("k")).isEqualTo(6);
            Awaitility.await().untilAsserted(() -> assertThat(others.get("k")).isEqualTo(6));
        }
    }

    @Test
    void whateverIsWrittenOrInvalidatedLaterEndsIt() {
        try (CacheService service = open()) {
            Cache<String, Integer> cache =
                    building(service).tags((key, value) -> Set.of("t")).open();
            leaveRedis(service);

            cache.put("k", 2);
            assertThat(cache.put("k", 3)).isEqualTo(WriteOutcome.LOCAL_ONLY);
            assertThat(cache.get("k")).isEqualTo(3);
            assertThat(cache.invalidate("k")).isEqualTo(WriteOutcome.QUEUED);
            assertThat(cache.get("k")).isEqualTo(1);

            cache.put("k", 4);
            assertThat(cache.get("k")).isEqualTo(4);
            assertThat(cache.invalidateTag("t")).isEqualTo(WriteOutcome.QUEUED);
            assertThat(cache.get("k")).isEqualTo(1);

            cache.put("k", 5);
            assertThat(cache.clear()).isEqualTo(WriteOutcome.QUEUED);
            assertThat(cache.get("k")).isEqualTo(1);
        }
    }

    @Test
    void aReloadThatBeganLaterEndsIt() {
        try (CacheService service = open()) {
            Cache<String, Integer> cache = building(service).open();
            leaveRedis(service);
            cache.put("k", 2);
            source.set(3);

            assertThat(cache.get("k", ReadOptions.latest())).isEqualTo(3);
            assertThat(cache.get("k")).isEqualTo(3);
        }
    }

    @Test
    void itEndsWithItsOwnLifeThoughRedisDoesNotComeBack() {
        try (CacheService service = open()) {
            Cache<String, Integer> cache =
                    building(service).ttl(Duration.ofMillis(300)).open();
            leaveRedis(service);
            assertThat(cache.put("k", 2)).isEqualTo(WriteOutcome.LOCAL_ONLY);

            Awaitility.await().untilAsserted(() -> assertThat(cache.get("k")).isEqualTo(1));
        }
    }

    @Test
    void aBatchSaysHowManyAreHereOnly() {
        try (CacheService service = open()) {
            Cache<String, Integer> cache = building(service).open();
            leaveRedis(service);

            BatchOutcome outcome = cache.putAll(Map.of("a", 1, "b", 2));

            assertThat(outcome).isEqualTo(new BatchOutcome(0, 0, 2, Map.of()));
            assertThat(outcome.complete()).isFalse();
            assertThat(cache.getAll(List.of("a", "b"))).isEqualTo(Map.of("a", 1, "b", 2));
        }
    }

    @Test
    void withoutRoomInTheJournalTheWriteFails() {
        try (CacheService service = CacheService.open(settings().journalSize(1).build())) {
            Cache<String, Integer> cache =
                    building(service).format(EntryFormat.RAW).open();
            leaveRedis(service);
            assertThat(cache.put("a", 2)).isEqualTo(WriteOutcome.LOCAL_ONLY);

            assertThatThrownBy(() -> cache.put("b", 2)).isInstanceOf(CacheConnectionException.class);
            assertThat(cache.get("b")).isEqualTo(1);
        }
    }

    @Test
    void writesFailWhereNothingElseWasChosen() {
        try (CacheService service = open()) {
            Cache<String, Integer> cache =
                    service.cache("plain", Integer.class).loader(key -> 1).open();
            leaveRedis(service);

            assertThatThrownBy(() -> cache.put("k", 2)).isInstanceOf(CacheConnectionException.class);
            assertThat(cache.get("k")).isEqualTo(1);
        }
    }

    @Test
    void aCacheThatCannotKeepThemIsRefusedWithTheReason() {
        SourceWriter<String, Integer> writer = new SourceWriter<>() {
            @Override
            public void write(String key, Integer value) {}

            @Override
            public void delete(String key) {}
        };
        try (CacheService service = open()) {
            assertThatThrownBy(() -> service.cache("a", Integer.class)
                            .writesWhileUnavailable(WritesWhileUnavailable.LOCAL_ONLY)
                            .open())
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContaining("a source");
            assertThatThrownBy(() -> building(service).tiers(Tiers.REMOTE_ONLY).open())
                    .hasMessageContaining("REMOTE_ONLY");
            assertThatThrownBy(
                            () -> building(service).maxStaleness(Duration.ZERO).open())
                    .hasMessageContaining("a local tier");
            assertThatThrownBy(() ->
                            building(service).writer(writer, Writes.through()).open())
                    .hasMessageContaining("a writer");
        }
    }

    @Test
    void noThreadReadsWhatIsOlderThanItsOwnWriteWhileRedisComesAndGoes() throws Exception {
        Map<String, Integer> table = new ConcurrentHashMap<>();
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (FaultProxy proxy = FaultProxy.to(server.port());
                CacheService service =
                        CacheService.open(settings().url(proxy.url()).build())) {
            Cache<String, Integer> cache = service.cache("rows", Integer.class)
                    .writesWhileUnavailable(WritesWhileUnavailable.LOCAL_ONLY)
                    .loader(key -> table.getOrDefault(key, 0))
                    .open();
            List<? extends Future<?>> writers = IntStream.range(0, 4)
                    .mapToObj(thread -> pool.submit(() -> write("row-" + thread, table, cache, isOver)))
                    .toList();
            for (int i = 0; i < 4; i++) {
                proxy.refuse();
                proxy.reset();
                Awaitility.await().until(() -> service.stats().journaled() > 0);
                proxy.accept();
                Awaitility.await()
                        .until(() -> service.stats().connections().stream()
                                .anyMatch(lane -> lane.state() == ConnectionStats.State.READY));
            }
            isOver.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void write(
            String row, Map<String, Integer> table, Cache<String, Integer> cache, AtomicBoolean isOver) {
        for (int version = 1; !isOver.get(); version++) {
            table.put(row, version);
            try {
                cache.put(row, version);
            } catch (CacheException outcomeUnknown) {
                // its removal is journaled
            }
            assertThat(cache.get(row)).isGreaterThanOrEqualTo(version);
        }
    }
}
