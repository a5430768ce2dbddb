package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.contract.AsyncContract;
import io.cacheservice.testkit.contract.CacheServiceContract;
import io.cacheservice.testkit.contract.ConcurrencyContract;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.TypedCacheContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract on a Cluster of three masters. */
final class ClusterContractTest {
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static TierFixture fixture() {
        return new TopologyFixture(cluster.masters(), settings -> settings.nodes(cluster.seeds()));
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
