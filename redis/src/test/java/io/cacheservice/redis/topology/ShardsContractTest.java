package io.cacheservice.redis.topology;

import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.contract.AsyncContract;
import io.cacheservice.testkit.contract.CacheServiceContract;
import io.cacheservice.testkit.contract.ConcurrencyContract;
import io.cacheservice.testkit.contract.TierFixture;
import io.cacheservice.testkit.contract.TypedCacheContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract on three servers that know nothing of each other. */
final class ShardsContractTest {
    private static List<RedisServer> servers = List.of();

    @BeforeAll
    static void start() {
        servers = Stream.generate(RedisServer::start).limit(3).toList();
    }

    @AfterAll
    static void stop() {
        servers.forEach(RedisServer::close);
    }

    private static TierFixture fixture() {
        List<String> nodes =
                servers.stream().map(server -> "127.0.0.1:" + server.port()).toList();
        return new TopologyFixture(servers, settings -> settings.nodes(nodes).topology("shards"));
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
