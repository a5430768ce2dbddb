package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.Tiers;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What Redis had accepted and has forgotten is not believed. */
class LossesTest {
    private final AtomicInteger version = new AtomicInteger(1);
    private final AtomicInteger loads = new AtomicInteger();

    private Cache<String, Integer> open(CacheService service) {
        return service.cache("versions", Integer.class)
                .tiers(Tiers.REMOTE_ONLY)
                .loader(key -> {
                    loads.incrementAndGet();
                    return version.get();
                })
                .open();
    }

    private static CacheService service(CacheConfig.Builder settings) {
        return CacheService.open(settings.readTimeout(Duration.ofSeconds(5))
                .writeTimeout(Duration.ofSeconds(5))
                .build());
    }

    private static void invalidate(Cache<String, Integer> cache, String key) {
        Awaitility.await()
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(() -> cache.invalidate(key) == WriteOutcome.APPLIED);
    }

    /** Reads until what was invalidated is stored again, which only a server that serves can do. */
    private void neverReadsTheOldValue(CacheService service, Cache<String, Integer> cache) {
        Awaitility.await().until(() -> {
            assertThat(cache.get("k")).isEqualTo(2);
            int before = loads.get();
            assertThat(cache.get("k")).isEqualTo(2);
            return loads.get() == before && service.stats().journaled() == 0;
        });
    }

    @Test
    void anOldSnapshotIsNotBelieved() {
        try (RedisServer server = RedisServer.start();
                CacheService service = service(CacheConfig.builder().url(server.url()))) {
            Cache<String, Integer> cache = open(service);
            assertThat(cache.get("k")).isEqualTo(1);
            server.command("SAVE");
            version.set(2);
            invalidate(cache, "k");
            server.kill();
            server.restart();

            neverReadsTheOldValue(service, cache);
        }
    }

    @Test
    void aRestartWithALogKeepsWhatWasNotChangedLately() {
        try (RedisServer server = RedisServer.builder().persistent().start();
                CacheService service = service(CacheConfig.builder().url(server.url()))) {
            Cache<String, Integer> cache = open(service);
            assertThat(cache.get("loaded")).isEqualTo(1);
            version.set(2);
            invalidate(cache, "k");
            assertThat(cache.get("k")).isEqualTo(2);
            server.kill();
            server.restart();
            Awaitility.await()
                    .until(() -> service.stats().connections().stream().anyMatch(lane -> lane.opened() == 2));
            Awaitility.await().until(() -> service.stats().journaled() == 0);

            assertThat(cache.get("loaded")).as("stored before").isEqualTo(1);
            version.set(3);
            assertThat(cache.get("k")).as("removed again").isEqualTo(3);
        }
    }

    @Test
    void aLeaseOfBeforeTheRestartHoldsNobodyUp() throws Exception {
        Semaphore gate = new Semaphore(0);
        try (RedisServer server = RedisServer.builder().persistent().start();
                CacheService service = service(CacheConfig.builder().url(server.url()))) {
            Cache<String, String> cache = service.cache("slow", String.class)
                    .tiers(Tiers.REMOTE_ONLY)
                    .loadTimeout(Duration.ofSeconds(40))
                    .loader(key -> {
                        int load = loads.incrementAndGet();
                        if (load == 1) {
                            gate.acquireUninterruptibly();
                        }
                        return "load " + load;
                    })
                    .open();
            CompletableFuture<String> first = cache.async().get("k");
            Awaitility.await().until(() -> Long.valueOf(1).equals(server.command("EXISTS", "cache:slow:k")));
            server.kill();
            server.restart();
            gate.release(1_000);
            assertThat(first.join()).isEqualTo("load 1");
            Awaitility.await()
                    .until(() -> service.stats().connections().stream().anyMatch(lane -> lane.opened() == 2));

            assertThat(cache.async().get("k").get(20, TimeUnit.SECONDS)).isEqualTo("load 2");
            assertThat(cache.get("k")).as("stored").isEqualTo("load 2");
        }
    }

    @Test
    void aLeaseWhoseHolderIsGoneHoldsNobodyUpAfterARestart() throws Exception {
        try (RedisServer server = RedisServer.builder().persistent().start();
                CacheService service = service(CacheConfig.builder().url(server.url()))) {
            Cache<String, Integer> cache = open(service);
            byte[] takenHalfAMinuteAgo = EntryCodec.encode(EntryHeader.lease(7, 60_000));
            server.commandBytes(
                    bytes("SET"), bytes("cache:versions:k"), takenHalfAMinuteAgo, bytes("PX"), bytes("30000"));
            server.kill();
            server.restart();
            Awaitility.await()
                    .until(() -> service.stats().connections().stream().anyMatch(lane -> lane.opened() == 2));

            assertThat(cache.async().get("k").get(20, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anInvalidationThatTheNewMasterNeverHeardOfIsRepeated() {
        try (RedisSentinels sentinels = RedisSentinels.builder().replicas(1).start();
                CacheService service = service(CacheConfig.builder()
                        .nodes(sentinels.sentinelAddresses())
                        .sentinelMaster(sentinels.masterName()))) {
            Cache<String, Integer> cache = open(service);
            assertThat(cache.get("k")).isEqualTo(1);
            sentinels.awaitReplicasInSync();
            RedisServer master = sentinels.master();
            stopReplicating(master, sentinels.replicas().get(0));
            version.set(2);
            invalidate(cache, "k");

            sentinels.killMaster();
            sentinels.awaitMasterOtherThan(master);
            neverReadsTheOldValue(service, cache);
        }
    }

    @Test
    void anInvalidationThatTheNewOwnerOfASlotNeverHeardOfIsRepeated() {
        try (RedisCluster cluster = RedisCluster.builder().replicasPerMaster(1).start();
                CacheService service = service(CacheConfig.builder().nodes(cluster.seeds()))) {
            Cache<String, Integer> cache = open(service);
            assertThat(cache.get("k")).isEqualTo(1);
            cluster.awaitHealthy();
            RedisServer master = cluster.masterOf("cache:versions:k");
            stopReplicating(master, cluster.replicasOf(master).get(0));
            version.set(2);
            invalidate(cache, "k");

            master.kill();
            cluster.awaitFailover(master);
            neverReadsTheOldValue(service, cache);
        }
    }

    /** It stays a replica, of what its master had until now. */
    private static void stopReplicating(RedisServer master, RedisServer replica) {
        replica.command("CONFIG", "SET", "masterauth", "no longer right");
        master.command("CLIENT", "KILL", "TYPE", "replica");
        Awaitility.await().until(() -> "down".equals(replica.info().get("master_link_status")));
    }
}
