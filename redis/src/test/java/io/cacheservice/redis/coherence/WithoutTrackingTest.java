package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.LONG;
import static io.cacheservice.redis.coherence.Local.SECONDS;
import static io.cacheservice.redis.coherence.Local.SHORT;
import static io.cacheservice.redis.coherence.Local.awaitCopy;
import static io.cacheservice.redis.coherence.Local.awaitPast;
import static io.cacheservice.redis.coherence.Local.open;
import static io.cacheservice.redis.coherence.Local.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where changes are not announced, a copy is used for the bound from its question, and it is said why. */
@Timeout(60)
class WithoutTrackingTest {
    @Test
    void forAUserWithoutTheRight() {
        try (RedisServer redis = RedisServer.builder()
                .user("default on nopass ~* &* +@all -client|tracking")
                .start()) {
            usesCopiesForTheBound(redis, "no permissions");
        }
    }

    @Test
    void whereTheCommandIsHidden() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--rename-command", "CLIENT", "HIDDEN")
                .start()) {
            usesCopiesForTheBound(redis, "unknown command");
        }
    }

    private static void usesCopiesForTheBound(RedisServer redis, String reason) {
        redis.command("SET", "k", "old");
        try (CacheService service = open(redis.url(), SHORT)) {
            Cache<String, String> cache = shared(service);
            awaitCopy(cache, "k", "old");
            redis.command("SET", "k", "new");
            awaitPast(System.nanoTime(), SHORT);
            long before = service.coherence().unproven();

            assertThat(cache.get("k")).isEqualTo("new");
            assertThat(service.coherence().unproven())
                    .as("one read met a copy that was too old")
                    .isEqualTo(before + 1);
            assertThat(service.coherence().connections()).singleElement().satisfies(connection -> {
                assertThat(connection.heardAge()).isEmpty();
                assertThat(connection.doubt()).contains("CLIENT TRACKING is refused", reason);
            });
        }
    }

    @Test
    void anOwnWriteEndsTheCopyAllTheSame() {
        try (RedisServer redis = RedisServer.builder()
                        .user("default on nopass ~* &* +@all -client|tracking")
                        .start();
                CacheService service = open(redis.url(), LONG)) {
            Cache<String, String> cache = shared(service);
            cache.put("k", "old");
            awaitCopy(cache, "k", "old");
            cache.put("k", "new");

            assertThat(cache.get("k")).isEqualTo("new");
        }
    }

    @Test
    void whatRedisCannotTakeIsAskedOfTheSourceOnceForTheBound() {
        int[] loads = {0};
        try (RedisServer redis = RedisServer.start();
                CacheService service = CacheService.open(Local.settings(SECONDS)
                        .url(redis.url())
                        .connectTimeout(Duration.ofSeconds(1))
                        .build())) {
            Cache<String, String> cache = shared(service, "loaded")
                    .loader(key -> "loaded " + ++loads[0])
                    .loadOnCaller()
                    .open();
            redis.kill();
            assertThat(cache.get("k")).isEqualTo("loaded 1");
            long loadedAtNanos = System.nanoTime();
            assertThat(cache.get("k")).isEqualTo("loaded 1");
            awaitPast(loadedAtNanos, SECONDS);

            assertThat(cache.get("k")).isEqualTo("loaded 2");
        }
    }
}
