package io.cacheservice.redis.zones;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A zone can be a Cluster as well as one server. */
class ZonesOfManyServersTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aClusterAndAServerHoldTheSameAndEachGoesOnWithoutTheOther() {
        try (RedisCluster cluster = RedisCluster.start();
                RedisServer server = RedisServer.start();
                CacheService service = CacheService.open(CacheConfig.builder()
                        .zones(List.of(
                                "far=" + server.url(),
                                "near=" + cluster.nodes().get(0).url()))
                        .zone("near")
                        .readTimeout(Duration.ofSeconds(2))
                        .writeTimeout(Duration.ofSeconds(2))
                        .build())) {
            for (int i = 0; i < 50; i++) {
                service.set("k" + i, ("v" + i).getBytes(UTF_8), HOUR);
            }
            assertThat(server.command("DBSIZE")).isEqualTo(50L);

            cluster.nodes().forEach(RedisServer::kill);
            Awaitility.await().ignoreExceptions().untilAsserted(() -> {
                for (int i = 0; i < 50; i++) {
                    assertThat(service.get("k" + i)).isEqualTo(("v" + i).getBytes(UTF_8));
                }
            });
            assertThat(service.delete("k1").name()).isEqualTo("APPLIED");
            assertThat(service.get("k1")).isNull();
        }
    }
}
