package io.cacheservice.redis.coherence;

import static io.cacheservice.redis.coherence.Local.LONG;
import static io.cacheservice.redis.coherence.Local.awaitCopy;
import static io.cacheservice.redis.coherence.Local.awaitPast;
import static io.cacheservice.redis.coherence.Local.get;
import static io.cacheservice.redis.coherence.Local.open;
import static io.cacheservice.redis.coherence.Local.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.ReadOptions;
import io.cacheservice.Tier;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a caller asks for more than the bound of the cache. */
@Timeout(60)
class ReadOptionsTest {
    private static final Duration YOUNG = Duration.ofMillis(200);

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
    void theLatestIsAskedOfRedisAndKept() {
        try (CacheService service = open(redis.url(), LONG)) {
            Cache<String, String> cache = shared(service);
            cache.put("k", "v");
            awaitCopy(cache, "k", "v");

            assertThat(cache.lookup("k", ReadOptions.latest()).tier()).isEqualTo(Tier.REMOTE);
            assertThat(cache.lookup("k").tier()).isEqualTo(Tier.LOCAL);
        }
    }

    @Test
    void aCopyThatIsYoungEnoughIsGood() {
        try (CacheService service = open(redis.url(), LONG)) {
            Cache<String, String> cache = service.cache("names", String.class).open();
            cache.put("k", "v");
            awaitCopy(cache, "k", "v");

            assertThat(cache.lookup("k", ReadOptions.maxAge(LONG)).tier()).isEqualTo(Tier.LOCAL);
        }
    }

    @Test
    void redisIsAskedWhereTheCopyIsTooOld() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(redis.port());
                CacheService reader = open(proxy.url(), LONG);
                CacheService writer = open(redis.url(), LONG)) {
            Cache<String, String> cache = reader.cache("names", String.class).open();
            Cache<String, String> written = writer.cache("names", String.class).open();
            written.put("k", "old");
            awaitCopy(cache, "k", "old");
            awaitPast(System.nanoTime(), YOUNG);
            proxy.hold(Direction.TO_CLIENT);
            written.put("k", "new");
            var found = cache.async().lookup("k", ReadOptions.maxAge(LONG.dividedBy(2)));
            var young = cache.async().lookup("k", ReadOptions.maxAge(YOUNG));
            assertThat(get(found).valueOrNull()).isEqualTo("old");
            proxy.release();

            // how long it took on this machine is not the matter
            assertThat(get(young).tier()).isEqualTo(Tier.REMOTE);
        }
    }

    @Test
    void aBoundOfZeroMeansNoCopies() {
        try (CacheService service = open(redis.url(), Duration.ZERO)) {
            Cache<String, String> cache = shared(service);
            cache.put("k", "v");

            assertThat(cache.lookup("k").tier()).isEqualTo(Tier.REMOTE);
            assertThat(cache.lookup("k").tier()).isEqualTo(Tier.REMOTE);
            assertThat(service.coherence().connections()).isEmpty();
            assertThat(service.coherence().keys()).isZero();
        }
    }

    @Test
    void aCacheMayKeepNoCopiesWhereOthersDo() {
        try (CacheService service = open(redis.url(), LONG)) {
            Cache<String, String> none =
                    shared(service, "none").maxStaleness(Duration.ZERO).open();
            Cache<String, String> some = shared(service);
            some.put("k", "v");
            awaitCopy(some, "k", "v");

            assertThat(none.lookup("k").tier()).isEqualTo(Tier.REMOTE);
            assertThat(none.lookup("k").tier()).isEqualTo(Tier.REMOTE);
        }
    }
}
