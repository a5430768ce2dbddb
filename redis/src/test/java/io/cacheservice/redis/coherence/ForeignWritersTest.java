package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.SHORT;
import static io.cacheservice.redis.coherence.Local.awaitCopy;
import static io.cacheservice.redis.coherence.Local.awaitHeard;
import static io.cacheservice.redis.coherence.Local.awaitPast;
import static io.cacheservice.redis.coherence.Local.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What any other client of the same server does is seen like an own write, as soon as the connection has heard of it. */
@Timeout(60)
class ForeignWritersTest {
    private static RedisServer redis;
    private CacheService service;
    private Cache<String, String> cache;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void open() {
        redis.command("FLUSHALL");
        redis.command("SET", "k", "old");
        service = Local.open(redis.url(), SHORT);
        cache = shared(service);
        awaitCopy(cache, "k", "old");
    }

    @AfterEach
    void close() {
        service.close();
    }

    private @Nullable String readAfter(String... command) {
        redis.command(command);
        awaitHeard(service);
        return cache.get("k");
    }

    @Test
    void set() {
        assertThat(readAfter("SET", "k", "new")).isEqualTo("new");
    }

    @Test
    void append() {
        assertThat(readAfter("APPEND", "k", "er")).isEqualTo("older");
    }

    @Test
    void del() {
        assertThat(readAfter("DEL", "k")).isNull();
    }

    @Test
    void setOfAKeyThatWasAbsent() {
        awaitCopy(cache, "absent", null);
        redis.command("SET", "absent", "new");
        awaitHeard(service);

        assertThat(cache.get("absent")).isEqualTo("new");
    }

    @Test
    void renameAway() {
        assertThat(readAfter("RENAME", "k", "other")).isNull();
    }

    @Test
    void renameOver() {
        redis.command("SET", "other", "new");
        assertThat(readAfter("RENAME", "other", "k")).isEqualTo("new");
    }

    @Test
    void move() {
        assertThat(readAfter("MOVE", "k", "1")).isNull();
    }

    @Test
    void flushDb() {
        assertThat(readAfter("FLUSHDB")).isNull();
    }

    @Test
    void flushAll() {
        assertThat(readAfter("FLUSHALL")).isNull();
        assertThat(service.coherence().connections().get(0).flushes()).isEqualTo(1);
        assertThat(service.coherence().revoked()).isPositive();
    }

    @Test
    void expireAtOnce() {
        assertThat(readAfter("PEXPIRE", "k", "0")).isNull();
    }

    @Test
    void expireLater() {
        long expiresAtNanos = System.nanoTime() + Duration.ofMillis(200).toNanos();
        redis.command("PEXPIRE", "k", "200");
        awaitHeard(service);
        awaitPast(expiresAtNanos, Duration.ofMillis(50));

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void aLifeThatIsProlonged() {
        redis.command("SET", "k", "brief", "PX", "500");
        awaitHeard(service);
        awaitCopy(cache, "k", "brief");
        redis.command("PERSIST", "k");
        awaitPast(System.nanoTime(), Duration.ofMillis(600));
        awaitHeard(service);

        assertThat(cache.get("k")).isEqualTo("brief");
    }

    @Test
    void aScript() {
        assertThat(readAfter("EVAL", "redis.call('SET', KEYS[1], 'new')", "1", "k"))
                .isEqualTo("new");
    }

    @Test
    void evictionForMemory() {
        try (RedisServer full = RedisServer.builder()
                        .arguments("--maxmemory", "4mb", "--maxmemory-policy", "allkeys-random")
                        .start();
                CacheService small = Local.open(full.url(), SHORT)) {
            Cache<String, String> copies = shared(small);
            full.command("SET", "k", "old");
            awaitCopy(copies, "k", "old");
            String filler = "x".repeat(10_000);
            for (int i = 0; Long.valueOf(1).equals(full.command("EXISTS", "k")); i++) {
                full.command("SET", "filler" + i, filler);
            }
            awaitHeard(small);

            assertThat(copies.get("k")).isNull();
        }
    }

    @Test
    void aServerThatRemembersTenReadersOnly() {
        try (RedisServer forgetful = RedisServer.builder()
                        .arguments("--tracking-table-max-keys", "10")
                        .start();
                CacheService small = Local.open(forgetful.url(), SHORT)) {
            Cache<String, String> copies = shared(small);
            List<String> keys = IntStream.range(0, 100).mapToObj(i -> "k" + i).toList();
            keys.forEach(key -> forgetful.command("SET", key, "old"));
            keys.forEach(key -> assertThat(copies.get(key)).isEqualTo("old"));
            keys.forEach(key -> forgetful.command("SET", key, "new"));
            awaitHeard(small);

            keys.forEach(key -> assertThat(copies.get(key)).isEqualTo("new"));
        }
    }

    @Test
    void afterAllIsQuietThereIsATokenForEachCopyAndNoOther() {
        for (int i = 0; i < 1_000; i++) {
            String key = "k" + i % 50;
            redis.command("SET", key, "v" + i);
            cache.get(key);
        }
        redis.command("FLUSHDB");
        awaitHeard(service);
        IntStream.range(0, 50).forEach(i -> cache.get("k" + i));

        // the fifty, and the one from before
        Awaitility.await()
                .untilAsserted(() -> assertThat(service.coherence().keys())
                        .isEqualTo(service.stats().localEntries())
                        .isEqualTo(51));
    }
}
