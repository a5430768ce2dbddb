package io.cacheservice.redis.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.ReplicaReads;
import io.cacheservice.Tier;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.RedisTierProvider;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    private static final byte[] KEY = "k".getBytes(UTF_8);
    private static final byte[] VALUE = "v".getBytes(UTF_8);

    @Test
    void inAClusterAReplicaAnswersWhereItMayAndOnlyThere() throws Exception {
        try (RedisCluster cluster = RedisCluster.builder().replicasPerMaster(1).start();
                RemoteTier tier = open(CacheConfig.builder().nodes(cluster.seeds()))) {
            RedisServer master = cluster.masterOf("k");
            write(tier, cluster.replicasOf(master).get(0));
            RemoteValue preferred = read(tier, ReplicaReads.PREFERRED);
            assertThat(preferred.fromReplica()).isTrue();
            assertThat(preferred.bytes()).isEqualTo(VALUE);
            assertThat(preferred.remainingMillis()).isBetween(1L, 600_000L);
            assertThat(read(tier, ReplicaReads.WHEN_UNANSWERED).fromReplica()).isFalse();
            assertThat(tier.get(KEY, true).get(20, TimeUnit.SECONDS).fromReplica())
                    .isFalse();
        }
    }

    @Test
    void aReplicaAnswersForAMasterThatIsSilent() throws Exception {
        try (RedisCluster cluster = RedisCluster.builder()
                        .replicasPerMaster(1)
                        .nodeTimeout(Duration.ofSeconds(30))
                        .start();
                RemoteTier tier = open(CacheConfig.builder().nodes(cluster.seeds()))) {
            RedisServer master = cluster.masterOf("k");
            write(tier, cluster.replicasOf(master).get(0));
            master.pause();
            try {
                RemoteValue hedged = read(tier, ReplicaReads.WHEN_UNANSWERED);
                assertThat(hedged.fromReplica()).isTrue();
                assertThat(hedged.bytes()).isEqualTo(VALUE);
            } finally {
                master.resume();
            }
        }
    }

    @Test
    void aSilentReplicaCostsNoSecondBudget() throws Exception {
        try (RedisSentinels group = RedisSentinels.builder().replicas(1).start();
                RemoteTier tier = open(
                        CacheConfig.builder().nodes(group.sentinelAddresses()).sentinelMaster(group.masterName()))) {
            RedisServer replica = group.replicas().get(0);
            write(tier, replica);
            assertThat(read(tier, ReplicaReads.PREFERRED).fromReplica()).isTrue();
            replica.pause();
            try {
                // the budget is five seconds: without the master's help nothing comes before they are over
                RemoteValue found = tier.get(KEY, true, ReplicaReads.PREFERRED).get(4, TimeUnit.SECONDS);
                assertThat(found.bytes()).isEqualTo(VALUE);
                assertThat(found.fromReplica()).isFalse();
            } finally {
                replica.resume();
            }
        }
    }

    @Test
    void aReplicaAnswersForAMasterThatIsDead() throws Exception {
        try (RedisSentinels group = RedisSentinels.builder()
                        .downAfter(Duration.ofSeconds(30))
                        .start();
                RemoteTier tier = open(
                        CacheConfig.builder().nodes(group.sentinelAddresses()).sentinelMaster(group.masterName()))) {
            group.replicas().forEach(replica -> write(tier, replica));
            group.master().kill();
            RemoteValue instead = read(tier, ReplicaReads.WHEN_UNANSWERED);
            assertThat(instead.fromReplica()).isTrue();
            assertThat(instead.bytes()).isEqualTo(VALUE);
        }
    }

    @Test
    void theMasterIsAskedForWhatAReplicaDoesNotHave() throws Exception {
        try (RedisSentinels group = RedisSentinels.builder().replicas(1).start();
                RemoteTier tier = open(
                        CacheConfig.builder().nodes(group.sentinelAddresses()).sentinelMaster(group.masterName()))) {
            RedisServer replica = group.replicas().get(0);
            write(tier, replica);
            replica.command("CONFIG", "SET", "replica-read-only", "no");
            replica.command("DEL", "k");
            RemoteValue found = read(tier, ReplicaReads.PREFERRED);
            assertThat(found.bytes()).isEqualTo(VALUE);
            assertThat(found.fromReplica()).isFalse();
        }
    }

    @Test
    void whereNoReplicaIsKnownTheMasterAnswers() throws Exception {
        try (RedisServer server = RedisServer.start();
                RemoteTier tier = open(CacheConfig.builder().url(server.url()))) {
            assertThat(read(tier, ReplicaReads.PREFERRED).fromReplica()).isFalse();
        }
    }

    @Test
    void aCacheThatAsksForItIsAnsweredByAReplicaAndTold() {
        try (RedisSentinels group = RedisSentinels.builder()
                        .downAfter(Duration.ofSeconds(30))
                        .start();
                CacheService service = CacheService.open(CacheConfig.builder()
                        .nodes(group.sentinelAddresses())
                        .sentinelMaster(group.masterName())
                        .readTimeout(Duration.ofSeconds(5))
                        .build())) {
            Cache<String, String> names = service.cache("names", String.class).open();
            names.put("42", "Ada");
            group.awaitReplicasInSync();
            assertThat(names.lookup("42", ReadOptions.replicas(ReplicaReads.PREFERRED))
                            .tier())
                    .isEqualTo(Tier.REPLICA);
            group.master().kill();
            Lookup<String> found = names.lookup("42", ReadOptions.replicas(ReplicaReads.WHEN_UNANSWERED));
            assertThat(found.valueOrNull()).isEqualTo("Ada");
            assertThat(found.tier()).isEqualTo(Tier.REPLICA);
            assertThat(names.stats().hits()).containsEntry(Tier.REPLICA, 2L);
            assertThatThrownBy(() -> names.lookup("42")).isInstanceOf(CacheConnectionException.class);
        }
    }

    private static RemoteTier open(CacheConfig.Builder settings) {
        CacheConfig config = settings.readTimeout(Duration.ofSeconds(5))
                .writeTimeout(Duration.ofSeconds(5))
                .build();
        return new RedisTierProvider().open(config, TimeSource.system(), Runnable::run);
    }

    private static void write(RemoteTier tier, RedisServer replica) {
        var unused = tier.set(KEY, VALUE, 600_000).join();
        Awaitility.await().until(() -> replica.info().getOrDefault("db0", "").startsWith("keys=1"));
    }

    private static RemoteValue read(RemoteTier tier, ReplicaReads replicas) throws Exception {
        return tier.get(KEY, true, replicas).get(20, TimeUnit.SECONDS);
    }
}
