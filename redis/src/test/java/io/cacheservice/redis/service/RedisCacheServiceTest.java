package io.cacheservice.redis.service;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.CacheServiceContract;
import io.cacheservice.testkit.contract.TierFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@link CacheServiceContract} on a real Redis. */
final class RedisCacheServiceTest extends CacheServiceContract {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected TierFixture openFixture() {
        return new RedisTierFixture(server);
    }
}
