package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.TypedCacheContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What typed caches promise, with local copies in front of a master that Sentinels watch. */
final class CompositeSentinelContractTest extends TypedCacheContract {
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
    protected TierFixture openFixture() {
        return new TopologyFixture(
                List.of(group.master()),
                settings -> settings.nodes(group.sentinelAddresses()).sentinelMaster(group.masterName()),
                true);
    }
}
