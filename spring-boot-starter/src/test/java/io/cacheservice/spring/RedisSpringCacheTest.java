package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisSpringCacheTest extends SpringCacheContract {
    private static final User ADA = new User(1, "Ada");

    private static RedisServer redis;
    private static CacheService service;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        service = CacheService.open(config(redis).build());
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    /**
     * Time enough for a machine that does other things too: these tests are not about budgets, nor about callers who come so
     * long after a load has begun that they must not join it.
     */
    private static CacheConfig.Builder config(RedisServer server) {
        return CacheConfig.builder()
                .url(server.url())
                .readTimeout(Duration.ofSeconds(20))
                .writeTimeout(Duration.ofSeconds(20))
                .maxStaleness(Duration.ofMinutes(1));
    }

    @Override
    CacheService service() {
        return service;
    }

    @Test
    void aProgramWithoutSpringSharesTheEntries() {
        try (CacheService plain = CacheService.open(config(redis).build())) {
            io.cacheservice.Cache<String, User> users =
                    plain.cache(Opened.NAME, User.class).open();
            Opened.cache(service).put("shared", ADA);
            assertThat(users.getIfPresent("shared")).isEqualTo(ADA);

            users.put("shared", new User(1, "Ada Lovelace"));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(Opened.cache(service).get("shared", User.class))
                            .isEqualTo(new User(1, "Ada Lovelace")));
        }
    }

    @Test
    void aKeyIsInRedisUnderTheNameOfTheCache() {
        Opened.cache(service).put(7L, ADA);

        assertThat(redis.command("EXISTS", "cache:users:~long:7")).isEqualTo(1L);
    }

    @Test
    void whileRedisIsAwayMethodsAreCalledAndNothingFails() {
        try (RedisServer own = RedisServer.start();
                CacheService alone = CacheService.open(config(own).build())) {
            CacheServiceCache cache = Opened.cache(alone);
            cache.put("1", ADA);
            own.kill();
            Awaitility.await().until(() -> cache.get("other") == null && isAway(alone));

            cache.evict("1");
            assertThat(cache.get("1")).as("evicted, if only here").isNull();
            assertThat(cache.get("1", () -> new User(1, "Ada Lovelace"))).isEqualTo(new User(1, "Ada Lovelace"));
            cache.put("2", ADA);
            cache.put("3", null);
            assertThat(cache.evictIfPresent("4")).isFalse();
        }
    }

    @Test
    void anEvictionWhileRedisWasAwayIsMadeWhenItIsBack() {
        try (RedisServer own = RedisServer.builder().persistent().start();
                CacheService alone = CacheService.open(config(own).build())) {
            CacheServiceCache cache = Opened.cache(alone);
            cache.put("1", ADA);
            own.kill();
            Awaitility.await().until(() -> isAway(alone));
            cache.evict("1");
            own.restart();

            Awaitility.await().until(() -> Long.valueOf(0).equals(own.command("EXISTS", "cache:users:1")));
        }
    }

    @Test
    void whereItIsAskedForAnOutageIsAnError() {
        try (RedisServer own = RedisServer.start();
                CacheService alone = CacheService.open(config(own).build())) {
            CacheServiceCache cache = Opened.failing(alone);
            cache.put("1", ADA);
            own.kill();
            Awaitility.await().until(() -> isAway(alone));

            assertThatThrownBy(() -> cache.get("2")).isInstanceOf(CacheException.class);
            assertThatThrownBy(() -> cache.put("2", ADA)).isInstanceOf(CacheConnectionException.class);
            assertThat(cache.evictIfPresent("1")).as("not known").isFalse();
        }
    }

    @Test
    void aValueThatIsTooLargeIsNotStoredAndReplacesTheOldOneByNothing() {
        try (CacheService small = CacheService.open(
                config(redis).keyPrefix("small:").maxValueBytes(64).build())) {
            CacheServiceCache cache = Opened.cache(small);
            cache.put("1", ADA);
            cache.put("1", new User(1, "A".repeat(100)));

            assertThat(cache.get("1")).isNull();
        }
    }

    private static boolean isAway(CacheService service) {
        return service.stats().connections().stream()
                .noneMatch(connection -> connection.state() == io.cacheservice.ConnectionStats.State.READY);
    }
}
