package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.contract.AsyncContract;
import io.cacheservice.testkit.contract.CacheServiceContract;
import io.cacheservice.testkit.contract.ConcurrencyContract;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.TypedCacheContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract on a master that Sentinels watch. */
final class SentinelContractTest {
    private static RedisSentinels group;

    @BeforeAll
    static void start() {
        group = RedisSentinels.start();
    }

    @AfterAll
    static void stop() {
        group.close();
    }

    private static TierFixture fixture() {
        return new TopologyFixture(
                List.of(group.master()),
                settings -> settings.nodes(group.sentinelAddresses()).sentinelMaster(group.masterName()));
    }

    @Nested
    class Bytes extends CacheServiceContract {
        @Override
        protected TierFixture openFixture() {
            return fixture();
        }
    }

    @Nested
    class Typed extends TypedCacheContract {
        @Override
        protected TierFixture openFixture() {
            return fixture();
        }
    }

    @Nested
    class Async extends AsyncContract {
        @Override
        protected TierFixture openFixture() {
            return fixture();
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected TierFixture openFixture() {
            return fixture();
        }
    }
}
