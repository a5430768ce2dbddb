package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.TypedCacheContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What typed caches promise, with local copies in front of a Cluster of three masters. */
final class CompositeClusterContractTest extends TypedCacheContract {
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    protected TierFixture openFixture() {
        return new TopologyFixture(cluster.masters(), settings -> settings.nodes(cluster.seeds()), true);
    }
}
