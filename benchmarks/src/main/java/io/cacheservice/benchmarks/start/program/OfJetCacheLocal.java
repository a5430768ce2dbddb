package io.cacheservice.benchmarks.start.program;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import java.util.concurrent.TimeUnit;

/** JetCache's embedded Caffeine cache. */
final class OfJetCacheLocal {
    private static final int MOST = 10_000;

    private OfJetCacheLocal() {}

    static String answer() {
        Cache<String, String> cache = embedded();
        cache.put(FirstAnswer.KEY, FirstAnswer.VALUE);
        return cache.get(FirstAnswer.KEY);
    }

    static Cache<String, String> embedded() {
        return CaffeineCacheBuilder.createCaffeineCacheBuilder()
                .limit(MOST)
                .expireAfterWrite(FirstAnswer.LIFE_SECONDS, TimeUnit.SECONDS)
                .buildCache();
    }
}
