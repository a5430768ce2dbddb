package io.cacheservice.redis.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private static final byte[] VALUE = "v".getBytes(UTF_8);
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.builder()
                .throughProxies()
                .eachServer(server -> server.arguments("--cluster-require-full-coverage", "no"))
                .start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void oneAddressIsEnoughToFindTheCluster() {
        try (CacheService service =
                open(CacheConfig.builder().url("redis://" + cluster.seeds().get(0)))) {
            for (String key : keys(100)) {
                service.set(key, VALUE);
            }
            assertThat(cluster.masters())
                    .allSatisfy(master ->
                            assertThat((Long) master.command("DBSIZE")).isPositive());
            assertThat(service.stats().connections()).hasSize(3);
        }
    }

    @Test
    void aClusterThatComesAfterTheStartIsFound() {
        RedisServer first = cluster.nodes().get(0);
        FaultProxy link = FaultProxy.to(first.port());
        try (link) {
            link.refuse();
            try (CacheService service = open(CacheConfig.builder().url(link.url()))) {
                assertThatThrownBy(() -> service.get("k")).isInstanceOf(CacheConnectionException.class);
                link.accept();
                Awaitility.await().ignoreExceptions().untilAsserted(() -> {
                    for (String key : keys(20)) {
                        service.set(key, VALUE);
                    }
                });
            }
        }
    }

    @Test
    void aDatabaseThatAClusterDoesNotHaveStopsTheStart() {
        CacheConfig.Builder settings =
                CacheConfig.builder().url("redis://" + cluster.seeds().get(0) + "/1");
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("a Redis Cluster has only database 0");
    }

    @Test
    void aServerAloneIsNoCluster() {
        try (RedisServer alone = RedisServer.start()) {
            CacheConfig.Builder settings =
                    CacheConfig.builder().url(alone.url()).topology("cluster");
            assertThatThrownBy(() -> open(settings))
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContaining("topology = cluster")
                    .hasMessageContaining("topology = standalone");
        }
    }

    @Test
    void aSlotThatNobodyOwnsFailsOnlyItsOwnKeys() {
        int slot = RedisCluster.slotOf("{orphan}");
        RedisServer owner = cluster.masterOf(slot);
        try (CacheService service = open(CacheConfig.builder().nodes(cluster.seeds()))) {
            service.set("{orphan}", VALUE);
            cluster.nodes().forEach(node -> node.command("CLUSTER", "DELSLOTS", Integer.toString(slot)));
            try {
                Awaitility.await()
                        .untilAsserted(() -> assertThatThrownBy(() -> service.get("{orphan}"))
                                .isInstanceOf(CacheConnectionException.class)
                                .hasMessageContaining("CLUSTERDOWN"));
                service.set("other", VALUE);
                assertThat(service.get("other")).isEqualTo(VALUE);
            } finally {
                owner.command("CLUSTER", "ADDSLOTS", Integer.toString(slot));
            }
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(service.get("{orphan}")).isEqualTo(VALUE));
        }
    }

    @Test
    void aUserWhoMayNotAskForTheSlotsIsLedByRedirections() {
        cluster.nodes().forEach(ClusterTest::letTheLedIn);
        try (CacheService service = open(CacheConfig.builder()
                .nodes(cluster.seeds().subList(0, 1))
                .topology("cluster")
                .username("led")
                .password("sesame-51"))) {
            for (String key : keys(100)) {
                service.set(key, VALUE);
                assertThat(service.get(key)).isEqualTo(VALUE);
            }
        }
    }

    @Test
    void aNodeThatLeftIsForgottenAlsoWhereNobodyTellsWhoOwnsWhat() {
        try (RedisCluster own = RedisCluster.start()) {
            RedisServer guest = own.addNode();
            own.nodes().forEach(ClusterTest::letTheLedIn);
            RedisServer host = own.masters().get(0);
            int slot = own.slotsOf(host).get(0);
            String key = "{" + RedisCluster.keyForSlot(slot) + "}";
            try (CacheService service = open(CacheConfig.builder()
                    .nodes(List.of("127.0.0.1:" + host.port()))
                    .topology("cluster")
                    .username("led")
                    .password("sesame-51"))) {
                own.moveSlot(slot, guest);
                service.set(key, VALUE);
                assertThat(connectedTo(service, guest)).isTrue();
                own.moveSlot(slot, host);
                own.removeNode(guest);

                Awaitility.await().untilAsserted(() -> {
                    assertThat(service.get(key)).isEqualTo(VALUE);
                    assertThat(connectedTo(service, guest)).isFalse();
                });
            }
        }
    }

    private static boolean connectedTo(CacheService service, RedisServer node) {
        return service.stats().connections().stream()
                .anyMatch(connection -> connection.name().startsWith("127.0.0.1:" + node.port() + "/"));
    }

    private static void letTheLedIn(RedisServer node) {
        node.command("ACL", "SETUSER", "led", "on", ">sesame-51", "~*", "+@all", "-cluster|nodes", "-cluster|slots");
    }

    /** The link takes a tenth of a second each way: keys that waited for each other would take minutes. */
    @Test
    void aBatchTakesOneRoundTripWhereverItsKeysAre() {
        List<String> keys = keys(300);
        try (CacheService service = open(CacheConfig.builder().nodes(cluster.seeds()))) {
            keys.forEach(key -> service.set(key, VALUE));
            Duration oneWay = Duration.ofMillis(100);
            cluster.nodes().forEach(node -> delay(node, oneWay));
            try {
                long begin = System.nanoTime();
                assertThat(service.getAll(keys)).hasSize(keys.size());
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(oneWay.multipliedBy(2 * 10));
            } finally {
                cluster.nodes().forEach(node -> cluster.proxyOf(node).heal());
            }
        }
    }

    private static void delay(RedisServer node, Duration oneWay) {
        cluster.proxyOf(node).latency(Direction.TO_SERVER, oneWay);
        cluster.proxyOf(node).latency(Direction.TO_CLIENT, oneWay);
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
    }

    private static CacheService open(CacheConfig.Builder settings) {
        return CacheService.open(settings.readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10))
                .build());
    }
}
