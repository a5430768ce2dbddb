package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.WholeContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract with local copies in front of one server, over several connections. */
final class CompositeContractTest extends WholeContract {
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
    protected TierFixture openEmptyFixture() {
        return new TopologyFixture(
                List.of(server), settings -> settings.url(server.url()).poolSize(3), true);
    }
}
