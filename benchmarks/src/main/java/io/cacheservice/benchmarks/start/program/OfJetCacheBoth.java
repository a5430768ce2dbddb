package io.cacheservice.benchmarks.start.program;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.MultiLevelCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.util.concurrent.TimeUnit;

/** JetCache's embedded cache in front of Lettuce. */
final class OfJetCacheBoth {
    private OfJetCacheBoth() {}

    /** A write fills the embedded cache too, so the tier in Redis is asked; the write is waited for, which a put would not be. */
    static String answer(int port) {
        Cache<String, String> remote = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(RedisClient.create(RedisURI.create(FirstAnswer.LOOPBACK, port)))
                .keyPrefix("start:")
                .expireAfterWrite(FirstAnswer.LIFE_SECONDS, TimeUnit.SECONDS)
                .buildCache();
        Cache<String, String> cache = MultiLevelCacheBuilder.createMultiLevelCacheBuilder()
                .addCache(OfJetCacheLocal.embedded(), remote)
                .buildCache();
        if (!cache.PUT(FirstAnswer.KEY, FirstAnswer.VALUE).isSuccess()) {
            return "it could not be stored";
        }
        return remote.get(FirstAnswer.KEY);
    }
}
