package io.cacheservice.redis;

import static io.cacheservice.redis.Placeholders.LONG_MILLIS;
import static io.cacheservice.redis.Placeholders.granted;
import static io.cacheservice.redis.Placeholders.placeholder;
import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A failover may lose a removal and keep the placeholder from before it. */
@Timeout(120)
class LeaseAfterFailoverTest {
    private static final byte[] KEY = bytes("k");

    @Test
    void aLeaseWhoseRemovalAFailoverHasLostStoresNothing() {
        try (RedisSentinels group =
                        RedisSentinels.builder().replicas(1).sentinels(1).start();
                RemoteTier tier = Tiers.open(CacheConfig.builder()
                        .nodes(group.sentinelAddresses())
                        .sentinelMaster(group.masterName())
                        .readTimeout(Duration.ofSeconds(10))
                        .writeTimeout(Duration.ofSeconds(10)))) {
            RedisServer sentinel = group.sentinels().get(0);
            RedisServer replica = group.replicas().get(0);
            RedisServer lost = group.master();
            byte[] placeholder = placeholder();
            Lease lease = granted(tier.lease(KEY, placeholder, LONG_MILLIS, null));
            group.awaitReplicasInSync();
            // the replica hears nothing from here on
            sentinel.pause();
            replica.command("REPLICAOF", "NO", "ONE");
            await(tier.delete(KEY));
            lost.kill();
            sentinel.resume();
            group.awaitMasterOtherThan(lost);
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(await(tier.get(KEY, false)).bytes())
                            .as("the removal is lost")
                            .isEqualTo(placeholder));

            assertThat(await(lease.fill(bytes("old"), 40_000))).isFalse();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(await(tier.get(KEY, false)).bytes())
                            .as("nobody waits for it")
                            .isNull());
        }
    }
}
