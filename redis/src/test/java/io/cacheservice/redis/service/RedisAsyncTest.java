package io.cacheservice.redis.service;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.AsyncContract;
import io.cacheservice.testkit.contract.TierFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@link AsyncContract} on a real Redis. */
final class RedisAsyncTest extends AsyncContract {
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
