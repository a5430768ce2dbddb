package io.cacheservice.benchmarks.start.program;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Caffeine with lives of entries. */
final class OfCaffeine {
    private static final int MOST = 10_000;

    private OfCaffeine() {}

    static @Nullable String answer() {
        Cache<String, String> cache = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(new OneLife())
                .build();
        cache.put(FirstAnswer.KEY, FirstAnswer.VALUE);
        return cache.getIfPresent(FirstAnswer.KEY);
    }

    private static final class OneLife implements Expiry<String, String> {
        @Override
        public long expireAfterCreate(String key, String value, long now) {
            return TimeUnit.SECONDS.toNanos(FirstAnswer.LIFE_SECONDS);
        }

        @Override
        public long expireAfterUpdate(String key, String value, long now, long left) {
            return TimeUnit.SECONDS.toNanos(FirstAnswer.LIFE_SECONDS);
        }

        @Override
        public long expireAfterRead(String key, String value, long now, long left) {
            return left;
        }
    }
}
