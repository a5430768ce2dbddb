package io.cacheservice.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CoherenceStats;
import io.cacheservice.ConnectionStats;
import io.cacheservice.testkit.RedisCluster;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ClusterMonitorTest {
    @Test
    void copiesAreComparedWithTheServersThatHoldThemAndEachServersAnnouncementsAreTimed() {
        try (RedisCluster cluster = RedisCluster.start();
                CacheService service = CacheService.open(CacheConfig.builder()
                        .url("redis://" + cluster.seeds().get(0))
                        .readTimeout(Duration.ofSeconds(10))
                        .writeTimeout(Duration.ofSeconds(10))
                        .coherenceSampleInterval(Duration.ofMillis(2))
                        .build())) {
            for (int i = 0; i < 60; i++) {
                service.set("k" + i, new byte[] {1});
                service.get("k" + i);
            }

            Awaitility.await().until(() -> {
                CoherenceStats stats = service.coherence();
                return stats.samples().compared() > 100 && stats.pushLag().samples() > 50;
            });

            assertThat(service.coherence().samples().stale()).isZero();
            assertThat(service.stats().connections())
                    .extracting(ConnectionStats::name)
                    .filteredOn(name -> name.endsWith("/bystander"))
                    .hasSize(3);
        }
    }
}
