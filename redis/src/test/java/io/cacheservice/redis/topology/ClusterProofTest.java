package io.cacheservice.redis.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.ListeningConnection;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The nodes of a Cluster vouch for what was read from them, also while slots move. */
class ClusterProofTest {
    @Test
    void aNodeGoesOnVouchingWhileTheSlotOfItsCanaryIsOnItsWay() {
        try (RedisCluster cluster = RedisCluster.start();
                CacheService service = CacheService.open(CacheConfig.builder()
                        .nodes(cluster.seeds())
                        .maxStaleness(Duration.ofMillis(200))
                        .readTimeout(Duration.ofSeconds(10))
                        .writeTimeout(Duration.ofSeconds(10))
                        .build())) {
            for (int i = 0; i < 100; i++) {
                service.set("k" + i, "v".getBytes(UTF_8));
            }
            RedisServer from = cluster.masters().get(0);
            int first = cluster.slotsOf(from).get(0);
            var move = cluster.beginMove(first, cluster.masters().get(1));
            long begunNanos = System.nanoTime();
            try {
                Awaitility.await()
                        .untilAsserted(() -> assertThat(service.coherence().connections())
                                .hasSize(3)
                                .allSatisfy(
                                        connection -> assertThat(heardAfter(connection, begunNanos + 1_000_000_000L))
                                                .isTrue()));
            } finally {
                move.finish();
            }
        }
    }

    private static boolean heardAfter(ListeningConnection connection, long nanos) {
        return connection.heardAge().isPresent()
                && System.nanoTime() - connection.heardAge().get().toNanos() - nanos > 0;
    }
}
