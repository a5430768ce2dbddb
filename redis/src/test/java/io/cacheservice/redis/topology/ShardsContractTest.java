package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.WholeContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on three servers that know nothing of each other. */
final class ShardsContractTest extends WholeContract {
    private static List<RedisServer> servers = List.of();

    @BeforeAll
    static void start() {
        servers = Stream.generate(RedisServer::start).limit(3).toList();
    }

    @AfterAll
    static void stop() {
        servers.forEach(RedisServer::close);
    }

    @Override
    protected TierFixture openEmptyFixture() {
        List<String> nodes =
                servers.stream().map(server -> "127.0.0.1:" + server.port()).toList();
        return new TopologyFixture(servers, settings -> settings.nodes(nodes).topology("shards"));
    }
}
