package io.cacheservice.examples.cities;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheStats;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;

/** A Redis server of its own, without a bound on its memory. */
final class RedisBacking implements Backing {
    /** Records in bulk may wait longer than a reader on a page would. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RedisServer server = RedisServer.start();
    private long bytesBefore;
    private long evictionsBefore;

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public CacheConfig config() {
        return CacheConfig.builder()
                .url(server.url())
                .readTimeout(PATIENCE)
                .writeTimeout(PATIENCE)
                .serverPort(0)
                .build();
    }

    @Override
    public void empty() {
        server.command("FLUSHALL");
        bytesBefore = info("used_memory");
        evictionsBefore = info("evicted_keys");
    }

    @Override
    public Kept kept(CacheStats stats) {
        long keys = Long.parseLong(String.valueOf(server.command("DBSIZE")));
        return new Kept(keys, info("used_memory") - bytesBefore, info("evicted_keys") - evictionsBefore);
    }

    @Override
    public void close() {
        server.close();
    }

    private long info(String field) {
        String value = server.info().get(field);
        if (value == null) {
            throw new IllegalStateException("INFO of the Redis server has no " + field);
        }
        return Long.parseLong(value);
    }
}
