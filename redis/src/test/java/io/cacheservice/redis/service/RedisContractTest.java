package io.cacheservice.redis.service;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.AsyncContract;
import io.cacheservice.testkit.contract.CacheServiceContract;
import io.cacheservice.testkit.contract.ConcurrencyContract;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.TypedCacheContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What every tier promises, on a real Redis. */
final class RedisContractTest {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TierFixture fixture() {
        return new RedisTierFixture(server);
    }

    @Nested
    final class Bytes extends CacheServiceContract {
        @Override
        protected TierFixture openFixture() {
            return fixture();
        }
    }

    @Nested
    final class Typed extends TypedCacheContract {
        @Override
        protected TierFixture openFixture() {
            return fixture();
        }
    }

    @Nested
    final class Async extends AsyncContract {
        @Override
        protected TierFixture openFixture() {
            return fixture();
        }
    }

    @Nested
    final class Concurrent extends ConcurrencyContract {
        @Override
        protected TierFixture openFixture() {
            return fixture();
        }
    }
}
