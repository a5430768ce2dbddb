package io.cacheservice.redis.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.CoherenceSamples;
import io.cacheservice.CoherenceStats;
import io.cacheservice.EntryFormat;
import io.cacheservice.FlushCause;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Local copies are compared with what Redis holds, and what is stale is found. */
class CoherenceMonitorTest {
    private static final Duration MAX_STALENESS = Duration.ofMillis(200);

    private final RedisServer redis = RedisServer.start();
    private final CacheService service = CacheService.open(CacheConfig.builder()
            .url(redis.url())
            .readTimeout(Duration.ofSeconds(10))
            .writeTimeout(Duration.ofSeconds(10))
            .maxStaleness(MAX_STALENESS)
            .coherenceSampleInterval(Duration.ofMillis(2))
            .build());

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @Test
    void whereNothingIsHeldNothingIsComparedAndNothingIsSent() {
        service.set("k", bytes("v"));
        await(stats -> stats.connections().stream()
                .allMatch(connection -> connection.heardAge().isPresent()));

        assertThat(service.coherence().samples()).isEqualTo(CoherenceSamples.NONE);
        assertThat(service.stats().connections()).hasSize(1);
    }

    @Test
    void copiesOfEveryKindAreFoundAsRedisHasThem() {
        service.set("value", bytes("v"));
        service.increment("counter", 1, Duration.ofHours(1));
        Cache<String, String> raw =
                service.cache("raw", String.class).format(EntryFormat.RAW).open();
        raw.put("k", "v");
        Cache<String, String> nulls = service.cache("nulls", String.class)
                .loader(key -> null)
                .nullTtl(Duration.ofMinutes(1))
                .open();

        keepReading(stats -> stats.samples().compared() > 200, () -> {
            service.get("value");
            service.get("counter");
            service.get("absent");
            raw.get("k");
            nulls.get("none");
        });

        CoherenceSamples samples = service.coherence().samples();
        assertThat(samples.stale()).isZero();
        assertThat(samples.violations()).isZero();
        assertThat(samples.ninesWithinZero()).isGreaterThan(2);
        assertThat(samples.ninesWithinMaxStaleness()).isGreaterThan(2);
    }

    @Test
    void comparingIsNoReadOfTheCache() {
        service.set("k", bytes("v"));
        service.get("k");
        CacheStats before = service.stats();
        await(stats -> stats.samples().compared() > 20);

        CacheStats after = service.stats();
        assertThat(after.hits()).isEqualTo(before.hits());
        assertThat(after.misses()).isEqualTo(before.misses());
        assertThat(after.puts()).isEqualTo(before.puts());
    }

    @Test
    void whatSwapdbExchangedIsFoundAndABrokenPromise() {
        service.set("k", bytes("old"));
        service.get("k");
        redis.command("SWAPDB", "0", "1");

        await(stats -> stats.samples().violations() > 0);
        assertThat(new String(service.get("k"), UTF_8)).as("nobody was told").isEqualTo("old");
        assertThat(service.coherence().samples().staleNow()).isEqualTo(1);
        assertThat(service.coherence().samples().longest()).isGreaterThan(MAX_STALENESS);

        redis.command("FLUSHDB");
        await(stats -> stats.samples().staleNow() == 0);
        assertThat(service.coherence().samples().staleness().max()).isGreaterThanOrEqualTo(MAX_STALENESS);
    }

    @Test
    void itIsMeasuredHowSoonChangesAreHeardAndNothingIsLeftBehind() {
        service.set("k", bytes("v"));
        service.get("k");
        long changes = service.coherence().changes();

        await(stats -> stats.pushLag().samples() > 50);

        CoherenceStats stats = service.coherence();
        assertThat(stats.pushLag().p50()).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(stats.changes()).as("no change of anybody's").isEqualTo(changes);
        assertThat(redis.command("DBSIZE")).isEqualTo(1L);
    }

    @Test
    void flushesAreCountedByWhatCausedThem() {
        service.get("k");
        redis.command("FLUSHALL");
        await(stats -> stats.flushes().getOrDefault(FlushCause.SERVER_FLUSHED, 0L) == 1);

        redis.command("CLIENT", "KILL", "TYPE", "normal");
        await(stats -> stats.flushes().getOrDefault(FlushCause.CONNECTION_LOST, 0L) == 1);

        assertThat(service.coherence().flushes()).doesNotContainKey(FlushCause.SLOT_MOVED);
    }

    private void await(Predicate<CoherenceStats> until) {
        keepReading(until, () -> {});
    }

    private void keepReading(Predicate<CoherenceStats> until, Runnable read) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> {
            read.run();
            return until.test(service.coherence());
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
