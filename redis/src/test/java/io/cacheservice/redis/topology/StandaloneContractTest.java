package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.WholeContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on one server, over several connections. */
final class StandaloneContractTest extends WholeContract {
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
        // several connections, so that batches and a caller's own writes meet more than one
        return new TopologyFixture(
                List.of(server), settings -> settings.url(server.url()).poolSize(3));
    }
}
