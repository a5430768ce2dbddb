package io.cacheservice.redis.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.EntryDetails;
import io.cacheservice.KeyPage;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredEntriesOnManyServersTest {
    private static final int KEYS = 600;

    @Test
    void theKeysOfEveryMasterOfAClusterAreListedAndLookedAt() {
        try (RedisCluster cluster = RedisCluster.builder().replicasPerMaster(1).start();
                CacheService service =
                        open(CacheConfig.builder().nodes(cluster.seeds()).topology("cluster"))) {
            Set<String> written = fill(service);

            Listing listing = Listing.whole(service);

            assertThat(listing.keys).isEqualTo(written);
            assertThat(listing.unlisted).isEmpty();
            EntryDetails.Place place = service.stored().inspect("k1").place().orElseThrow();
            assertThat(place.slot()).isEqualTo(OptionalInt.of(RedisCluster.slotOf("cache::k1")));
            assertThat(place.node())
                    .endsWith(":" + cluster.masterOf("cache::k1").port());
        }
    }

    @Test
    void aMasterThatLeavesTakesItsKeysOutOfTheListingWhichSaysSoAndGoesOn() {
        try (RedisCluster cluster = RedisCluster.builder().replicasPerMaster(1).start();
                CacheService service =
                        open(CacheConfig.builder().nodes(cluster.seeds()).topology("cluster"))) {
            fill(service);
            KeyPage first = service.stored().keys("k", null);
            String node = nodeOf(service, first.keys().get(0));
            RedisServer master = cluster.masters().stream()
                    .filter(server -> node.endsWith(":" + server.port()))
                    .findFirst()
                    .orElseThrow();
            cluster.failover(cluster.replicasOf(master).get(0));
            Awaitility.await("the new owner is known")
                    .until(() ->
                            !service.stored().keys("k", first.next()).unlisted().isEmpty());

            Listing rest = new Listing();
            rest.goOn(service, first.next());

            assertThat(rest.unlisted).singleElement().satisfies(unlisted -> {
                assertThat(unlisted.node()).isEqualTo(node);
                assertThat(unlisted.why()).contains("no longer holds keys");
            });
            assertThat(rest.keys).hasSizeGreaterThan(KEYS / 3);
        }
    }

    @Test
    void theKeysOfTheNewMasterAreListedAfterAFailover() {
        try (RedisSentinels group = RedisSentinels.builder().replicas(1).start();
                CacheService service = open(
                        CacheConfig.builder().nodes(group.sentinelAddresses()).sentinelMaster(group.masterName()))) {
            Set<String> written = fill(service);
            assertThat(Listing.whole(service).keys).isEqualTo(written);
            assertThat(group.master().command("WAIT", "1", "10000")).isEqualTo(1L);
            RedisServer lost = group.killMaster();
            RedisServer master = group.awaitMasterOtherThan(lost);

            Listing listing = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreException(CacheConnectionException.class)
                    .until(() -> Listing.whole(service), one -> true);

            assertThat(listing.keys).isEqualTo(written);
            assertThat(nodeOf(service, "k1")).endsWith(":" + master.port());
        }
    }

    @Test
    void theKeysOfADeadShardAreMissingAndTheListingSaysSo() {
        List<RedisServer> servers = List.of(RedisServer.start(), RedisServer.start(), RedisServer.start());
        List<String> nodes =
                servers.stream().map(server -> "127.0.0.1:" + server.port()).toList();
        try (CacheService service = open(CacheConfig.builder().nodes(nodes).topology("shards"))) {
            Set<String> written = fill(service);
            assertThat(Listing.whole(service).keys).isEqualTo(written);
            servers.get(1).kill();

            Listing listing = Awaitility.await()
                    .ignoreException(CacheConnectionException.class)
                    .until(() -> Listing.whole(service), one -> true);

            assertThat(listing.unlisted)
                    .singleElement()
                    .satisfies(unlisted -> assertThat(unlisted.node()).isEqualTo(nodes.get(1)));
            assertThat(written).containsAll(listing.keys);
            assertThat(listing.keys).hasSizeBetween(KEYS / 3, KEYS - KEYS / 6);
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    /** What the pages of a listing brought together. */
    private static final class Listing {
        final Set<String> keys = new TreeSet<>();
        final List<KeyPage.Unlisted> unlisted = new ArrayList<>();

        static Listing whole(CacheService service) {
            Listing listing = new Listing();
            KeyPage first = service.stored().keys("k", null);
            listing.add(first);
            listing.goOn(service, first.next());
            return listing;
        }

        void goOn(CacheService service, @Nullable String cursor) {
            String next = cursor;
            while (next != null) {
                KeyPage page = service.stored().keys("k", next);
                add(page);
                next = page.next();
            }
        }

        private void add(KeyPage page) {
            keys.addAll(page.keys());
            unlisted.addAll(page.unlisted());
        }
    }

    private static String nodeOf(CacheService service, String key) {
        return service.stored().inspect(key).place().orElseThrow().node();
    }

    private static Set<String> fill(CacheService service) {
        Set<String> written = new TreeSet<>();
        for (int i = 0; i < KEYS; i++) {
            service.set("k" + i, "v".getBytes(UTF_8), Duration.ofMinutes(10));
            written.add("k" + i);
        }
        return written;
    }

    private static CacheService open(CacheConfig.Builder config) {
        return CacheService.open(config.readTimeout(Duration.ofSeconds(5))
                .writeTimeout(Duration.ofSeconds(5))
                .build());
    }
}
