package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.WholeContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a master that Sentinels watch. */
final class SentinelContractTest extends WholeContract {
    private static RedisSentinels group;

    @BeforeAll
    static void start() {
        group = RedisSentinels.start();
    }

    @AfterAll
    static void stop() {
        group.close();
    }

    @Override
    protected TierFixture openEmptyFixture() {
        return new TopologyFixture(
                List.of(group.master()),
                settings -> settings.nodes(group.sentinelAddresses()).sentinelMaster(group.masterName()));
    }
}
