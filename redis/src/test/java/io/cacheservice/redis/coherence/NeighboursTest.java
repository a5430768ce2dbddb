package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.LONG;
import static io.cacheservice.redis.coherence.Local.SECONDS;
import static io.cacheservice.redis.coherence.Local.SHORT;
import static io.cacheservice.redis.coherence.Local.awaitCopy;
import static io.cacheservice.redis.coherence.Local.awaitHeard;
import static io.cacheservice.redis.coherence.Local.open;
import static io.cacheservice.redis.coherence.Local.settings;
import static io.cacheservice.redis.coherence.Local.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.Tier;
import io.cacheservice.testkit.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Caches and services that use one server do not disturb each other. */
@Timeout(60)
class NeighboursTest {
    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void aWriteThroughOneCacheEndsTheCopiesOfAnotherOverTheSameKey() {
        redis.command("SET", "k", "old");
        try (CacheService service = open(redis.url(), LONG)) {
            Cache<String, String> one = shared(service, "one").open();
            Cache<String, String> other = shared(service, "other").open();
            awaitCopy(one, "k", "old");
            awaitCopy(other, "k", "old");
            one.put("k", "new");

            assertThat(other.get("k")).isEqualTo("new");
            other.invalidate("k");
            assertThat(one.get("k")).isNull();
        }
    }

    @Test
    void twoServicesOverOneKeySeeEachOthersWrites() {
        try (CacheService one = open(redis.url(), SHORT);
                CacheService other = open(redis.url(), SHORT)) {
            shared(one).put("k", "old");
            awaitCopy(shared(other), "k", "old");
            shared(one).put("k", "new");
            awaitHeard(other);

            assertThat(shared(other).get("k")).isEqualTo("new");
        }
    }

    @Test
    void theSameKeyInAnotherDatabaseIsAnotherKey() {
        try (CacheService zero = open(redis.url(), SHORT);
                CacheService one = open(redis.url() + "/1", SHORT)) {
            shared(zero).put("k", "in 0");
            shared(one).put("k", "in 1");
            awaitCopy(shared(zero), "k", "in 0");
            awaitCopy(shared(one), "k", "in 1");
            shared(zero).put("k", "new in 0");
            redis.command("FLUSHDB");
            awaitHeard(zero);
            awaitHeard(one);

            assertThat(shared(zero).get("k")).isNull();
            assertThat(shared(one).get("k")).isEqualTo("in 1");
        }
    }

    @Test
    void theSameKeyUnderAnotherPrefixIsAnotherKey() {
        try (CacheService one = CacheService.open(
                        settings(SECONDS).url(redis.url()).keyPrefix("one:").build());
                CacheService other = CacheService.open(
                        settings(SECONDS).url(redis.url()).keyPrefix("other:").build())) {
            Cache<String, String> names = one.cache("names", String.class).open();
            Cache<String, String> othersNames =
                    other.cache("names", String.class).open();
            names.put("k", "one's");
            othersNames.put("k", "other's");
            awaitCopy(names, "k", "one's");
            awaitCopy(othersNames, "k", "other's");
            othersNames.invalidate("k");
            awaitHeard(one);

            assertThat(names.lookup("k").tier()).isEqualTo(Tier.LOCAL);
            assertThat(othersNames.get("k")).isNull();
        }
    }

    @Test
    void aServiceThatIsStartedAgainLeavesTheOthersConnectionsAlone() {
        try (CacheService stays = open(redis.url(), SHORT)) {
            open(redis.url(), SHORT).close();
            try (CacheService again = open(redis.url(), SHORT)) {
                shared(again).put("k", "old");
                awaitCopy(shared(stays), "k", "old");
                shared(again).put("k", "new");
                awaitHeard(stays);

                assertThat(shared(stays).get("k")).isEqualTo("new");
                assertThat(stays.stats().connections()).allMatch(connection -> connection.opened() == 1);
            }
        }
    }
}
