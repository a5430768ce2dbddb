package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.Tiers;
import io.cacheservice.TimeSource;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A look at the clock is a fifth of what a hit costs. */
class HitsAndTheClockTest {
    private static final int HITS = 1000;

    /** Of one hit in 128, taken at random, the time is measured. */
    private static final int MOST_MEASURED = 60;

    @Test
    void aHitInThisProcessLooksOnceThoughItsEntryMayBeRefreshedEarlyOrServeWhenItHasExpired() {
        CountingTime time = new CountingTime();
        try (CacheService service = CacheService.builder().time(time).open()) {
            assertThat(looks(time, loading(service, Tiers.LOCAL_ONLY))).isBetween(HITS, HITS + MOST_MEASURED);
        }
    }

    @Test
    void soDoesAHitOfACopyInFrontOfRedis() {
        CountingTime time = new CountingTime();
        try (RedisServer redis = RedisServer.start();
                CacheService service = CacheService.builder()
                        .time(time)
                        .config(CacheConfig.builder()
                                .url(redis.url())
                                .maxStaleness(Duration.ofMinutes(1))
                                .build())
                        .open()) {
            Cache<String, String> cache = loading(service, Tiers.BOTH);
            assertThat(looks(time, cache)).isBetween(HITS, HITS + MOST_MEASURED);
        }
    }

    private static Cache<String, String> loading(CacheService service, Tiers tiers) {
        Cache<String, String> cache = service.cache("names", String.class)
                .tiers(tiers)
                .ttl(Duration.ofHours(1))
                .failSafe(Duration.ofHours(1))
                .loader(key -> "of " + key)
                .open();
        assertThat(cache.get("k")).isEqualTo("of k");
        assertThat(cache.get("k")).isEqualTo("of k");
        return cache;
    }

    private static int looks(CountingTime time, Cache<String, String> cache) {
        time.ofThisThread = 0;
        for (int i = 0; i < HITS; i++) {
            assertThat(cache.get("k")).isEqualTo("of k");
        }
        return time.ofThisThread;
    }

    /** Counts what the thread of the test asks; connections ask on threads of their own. */
    private static final class CountingTime implements TimeSource {
        private final Thread counted = Thread.currentThread();
        private int ofThisThread;

        @Override
        public long nanoTime() {
            if (Thread.currentThread() == counted) {
                ofThisThread++;
            }
            return System.nanoTime();
        }

        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }
    }
}
