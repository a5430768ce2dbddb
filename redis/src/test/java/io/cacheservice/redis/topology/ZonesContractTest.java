package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.WholeContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on two servers that hold the same, of which the first is near: what callers load themselves is decided there. */
final class ZonesContractTest extends WholeContract {
    private static RedisServer far;
    private static RedisServer near;

    @BeforeAll
    static void start() {
        far = RedisServer.start();
        near = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        far.close();
        near.close();
    }

    @Override
    protected TierFixture openEmptyFixture() {
        return new TopologyFixture(
                List.of(far, near),
                settings -> settings.zones(List.of("near=" + near.url(), "far=" + far.url()))
                        .zone("near"),
                true);
    }
}
