package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A batch of one caller does not fill the lanes by itself, however large it is. */
class LargeBatchTest {
    private static final int MAX_PENDING = 50;
    private static final int KEYS = 2_000;

    @Test
    void aBatchManyTimesAsLargeAsMaxPendingIsWrittenReadAndRemoved() {
        try (RedisServer server = RedisServer.start();
                CacheService service = open(server)) {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            for (int i = 0; i < KEYS; i++) {
                entries.put("k" + i, ("v" + i).getBytes(StandardCharsets.UTF_8));
            }

            assertThat(service.setAll(entries, Duration.ofMinutes(1)).failures())
                    .isEmpty();
            assertThat(service.getAll(entries.keySet()).keySet()).containsExactlyElementsOf(entries.keySet());
            assertThat(service.deleteAll(entries.keySet()).failures()).isEmpty();
            assertThat(server.command("DBSIZE")).isEqualTo(0L);
        }
    }

    @Test
    void aLargeBatchAsksTheSourceForNothingThatRedisHolds() {
        try (RedisServer server = RedisServer.start();
                CacheService service = open(server)) {
            AtomicInteger loads = new AtomicInteger();
            Cache<String, String> cache = service.cache("names", String.class)
                    .loader(key -> {
                        loads.incrementAndGet();
                        return "loaded";
                    })
                    .open();
            Map<String, String> entries = new LinkedHashMap<>();
            for (int i = 0; i < KEYS; i++) {
                entries.put("k" + i, "v" + i);
            }
            assertThat(cache.putAll(entries).failures()).isEmpty();

            assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
            assertThat(loads).hasValue(0);
        }
    }

    private static CacheService open(RedisServer server) {
        return CacheService.open(CacheConfig.builder()
                .url(server.url())
                .maxPending(MAX_PENDING)
                .maxStaleness(Duration.ZERO) // local copies would answer, and need the remaining life
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10))
                .build());
    }

    @Test
    void aBatchOfValuesAsksForNoRemainingLife() {
        try (RedisServer server = RedisServer.start();
                CacheService service = open(server)) {
            service.set("k", new byte[] {1});
            server.command("CONFIG", "RESETSTAT");

            assertThat(service.getAll(List.of("k"))).containsKey("k");
            assertThat(String.valueOf(server.command("INFO", "commandstats"))).doesNotContain("cmdstat_pttl");
        }
    }
}
