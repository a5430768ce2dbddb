package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.WholeContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a Cluster of three masters. */
final class ClusterContractTest extends WholeContract {
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
    protected TierFixture openEmptyFixture() {
        return new TopologyFixture(cluster.masters(), settings -> settings.nodes(cluster.seeds()));
    }
}
