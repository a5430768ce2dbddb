package io.cacheservice.redis.service;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.TypedCacheContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@link TypedCacheContract} on a real Redis. */
final class RedisTypedCacheTest extends TypedCacheContract {
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
