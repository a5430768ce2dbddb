package io.cacheservice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedisClusterTest {
    @Test
    void aStartedClusterServesEverySlotAndACloseEndsItsProcesses() {
        Set<Long> before = childProcesses();
        try (RedisCluster cluster = RedisCluster.start()) {
            assertThat(cluster.nodes()).hasSize(3).isEqualTo(cluster.masters());
            assertThat(cluster.seeds())
                    .isEqualTo(cluster.nodes().stream()
                            .map(node -> "127.0.0.1:" + node.port())
                            .toList());
            for (RedisServer master : cluster.masters()) {
                String key = cluster.keysOn(master, 1).get(0);
                assertThat(cluster.masterOf(key)).isSameAs(master);
                assertThat(master.command("SET", key, "v")).isEqualTo("OK");
            }
            assertThat(cluster.nodes().stream()
                            .flatMap(node -> cluster.slotsOf(node).stream())
                            .sorted())
                    .isEqualTo(IntStream.range(0, 16_384).boxed().toList());
        }
        assertThat(childProcesses()).isEqualTo(before);
    }

    @Test
    void aStartThatFailsLeavesNoProcess() {
        Set<Long> before = childProcesses();
        assertThatThrownBy(() ->
                        RedisCluster.builder().timeout(Duration.ofMillis(1)).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not come about within 1 ms");
        assertThatThrownBy(() -> RedisCluster.builder()
                        .eachServer(server -> server.arguments("--no-such-setting", "1"))
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-setting");
        assertThat(childProcesses()).isEqualTo(before);
    }

    @Test
    void optionsThatMakeNoClusterAreRefusedByName() {
        assertThatThrownBy(() -> RedisCluster.builder().masters(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("masters is 0");
        assertThatThrownBy(() -> RedisCluster.builder().replicasPerMaster(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("replicasPerMaster is -1");
    }

    @Test
    void aKeyIsSentToTheSlotThatTheServerSendsItTo() {
        List<String> keys =
                List.of("", "a", "123456789", "grün", "{a}b", "b{a}", "{}a", "{a", "a}", "x{a{b}c}", "{{a}}", "{a}{b}");
        try (RedisServer redis = RedisServer.builder().clusterNode().start()) {
            assertThat(keys)
                    .allSatisfy(key -> assertThat((long) RedisCluster.slotOf(key))
                            .isEqualTo(redis.command("CLUSTER", "KEYSLOT", key)));
        }
    }

    @Test
    void aKeyIsFoundForEverySlot() {
        assertThat(IntStream.of(0, 1, 5_000, 16_383)).allSatisfy(slot -> {
            assertThat(RedisCluster.slotOf(RedisCluster.keyForSlot(slot))).isEqualTo(slot);
            assertThat(new HashSet<>(RedisCluster.keysForSlot(slot, 10)))
                    .hasSize(10)
                    .allSatisfy(key -> assertThat(RedisCluster.slotOf(key)).isEqualTo(slot));
        });
        assertThatThrownBy(() -> RedisCluster.keyForSlot(16_384))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16384");
    }

    @Test
    void aReplicaTakesThePlaceOfAKilledMasterWhichComesBackAsItsReplica() {
        try (RedisCluster cluster = withReplicas()) {
            RedisServer master = cluster.masterOf("k");
            RedisServer replica = cluster.replicasOf(master).get(0);
            master.command("SET", "k", "v");
            cluster.awaitHealthy();

            master.kill();
            assertThat(cluster.awaitFailover(master)).isSameAs(replica);
            assertThat(cluster.masterOf("k")).isSameAs(replica);
            assertThat(cluster.masters()).hasSize(3).contains(replica).doesNotContain(master);
            assertThat(replica.command("GET", "k")).isEqualTo("v");

            master.restart();
            cluster.awaitHealthy();
            assertThat(cluster.replicasOf(replica)).containsExactly(master);
        }
    }

    @Test
    void aReplicaTakesThePlaceOfAPausedMaster() {
        try (RedisCluster cluster = withReplicas()) {
            RedisServer master = cluster.masterOf(0);
            RedisServer replica = cluster.replicasOf(master).get(0);
            master.pause();
            assertThat(cluster.awaitFailover(master)).isSameAs(replica);
            master.resume();
            cluster.awaitHealthy();
            assertThat(cluster.replicasOf(replica)).containsExactly(master);
        }
    }

    @Test
    void aFailoverOnRequestSwapsMasterAndReplicaThereAndBack() {
        try (RedisCluster cluster = withReplicas()) {
            RedisServer master = cluster.masterOf(0);
            RedisServer replica = cluster.replicasOf(master).get(0);

            cluster.failover(replica);
            assertThat(cluster.masterOf(0)).isSameAs(replica);
            assertThat(cluster.replicasOf(replica)).containsExactly(master);

            cluster.failover(master);
            assertThat(cluster.masterOf(0)).isSameAs(master);
            assertThatThrownBy(() -> cluster.failover(master))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("master already");
        }
    }

    @Test
    void aFailoverThatNobodyCouldTakePartInIsRefused() {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisServer master = cluster.masterOf(0);
            master.kill();
            assertThatThrownBy(() -> cluster.awaitFailover(master))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no replica");
            assertThat(cluster.masterOf(0)).isSameAs(master);
        }
    }

    @Test
    void aMovedSlotTakesItsKeysAlongEvenWithPasswordsAndUsers() {
        try (RedisCluster cluster = RedisCluster.builder()
                .eachServer(server -> server.password("secret").user("ann on >pw ~* +get"))
                .start()) {
            RedisServer source = cluster.masterOf(0);
            RedisServer target = cluster.masterOf(16_383);
            List<String> keys = RedisCluster.keysForSlot(0, 250);
            keys.forEach(key -> source.command("SET", key, key));

            cluster.moveSlot(0, target);

            assertThat(cluster.masterOf(0)).isSameAs(target);
            assertThat(keys)
                    .allSatisfy(key -> assertThat(target.command("GET", key)).isEqualTo(key));
            assertThat(source.command("DBSIZE")).isEqualTo(0L);
            assertMoved(source, keys.get(0));
            assertThatThrownBy(() -> cluster.moveSlot(0, target))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("already");
        }
    }

    @Test
    void aSlotHalfWayAsksForTheKeysThatHaveGone() {
        try (RedisCluster cluster = withReplicas()) {
            RedisServer source = cluster.masterOf(100);
            RedisServer target = cluster.masterOf(16_383);
            List<String> keys = RedisCluster.keysForSlot(100, 10);
            keys.forEach(key -> source.command("SET", key, key));

            SlotMove move = cluster.beginMove(100, target);
            assertThat(move.moveKeys(4)).isEqualTo(4);

            assertThat(cluster.masterOf(100)).isSameAs(source).isSameAs(move.source());
            assertThat(source.command("DBSIZE")).isEqualTo(6L);
            assertThat(target.command("DBSIZE")).isEqualTo(4L);
            String gone = keys.stream()
                    .filter(key -> errorCodeOf(source, "GET", key).equals("ASK"))
                    .findFirst()
                    .orElseThrow();
            String here = keys.stream()
                    .filter(key -> errorCodeOf(source, "GET", key).isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertThat(errorCodeOf(source, "MGET", gone, here)).isEqualTo("TRYAGAIN");
            assertMoved(target, gone);
            target.command("ASKING");
            assertThat(target.command("GET", gone)).isEqualTo(gone);

            assertThat(move.moveKeys(100)).isEqualTo(6);
            move.finish();
            assertThat(cluster.masterOf(100)).isSameAs(target).isSameAs(move.target());
            assertThat(target.command("MGET", gone, here)).isEqualTo(List.of(gone, here));
        }
    }

    @Test
    void aSlotMovesToNoReplica() {
        try (RedisCluster cluster = withReplicas()) {
            RedisServer replica = cluster.replicasOf(cluster.masterOf(16_383)).get(0);
            assertThatThrownBy(() -> cluster.moveSlot(0, replica))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is a replica");
        }
    }

    @Test
    void aNodeJoinsEmptyTakesASlotGivesItBackAndLeaves() {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisServer owner = cluster.masterOf(0);
            RedisServer added = cluster.addNode();
            assertThat(cluster.masters()).hasSize(4).contains(added);
            assertThat(cluster.slotsOf(added)).isEmpty();
            assertThatThrownBy(() -> cluster.keysOn(added, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("owns no slot");

            cluster.moveSlot(0, added);
            assertThat(cluster.slotsOf(added)).containsExactly(0);
            assertThatThrownBy(() -> cluster.removeNode(added))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("owns 1 slots");

            cluster.moveSlot(0, owner);
            assertThat(cluster.masters()).contains(added);
            cluster.removeNode(added);
            assertThat(added.isRunning()).isFalse();
            assertThat(cluster.nodes()).hasSize(3).doesNotContain(added);
            assertThat(cluster.nodes())
                    .allSatisfy(node -> assertThat(String.valueOf(node.command("CLUSTER", "NODES"))
                                    .lines())
                            .hasSize(3));
        }
    }

    @Test
    void aMasterThatRestartsEmptyHasItsSlotsStill() {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisServer master = cluster.masterOf("k");
            master.command("SET", "k", "v");
            master.restartEmpty();
            cluster.awaitHealthy();
            assertThat(cluster.masterOf("k")).isSameAs(master);
            assertThat(master.command("GET", "k")).isNull();
        }
    }

    @Test
    void clientsOfAClusterBehindProxiesHearOfTheProxiesOnly() {
        try (RedisCluster cluster = RedisCluster.builder()
                .replicasPerMaster(1)
                .nodeTimeout(Duration.ofSeconds(1))
                .throughProxies()
                .start()) {
            List<String> proxies = cluster.nodes().stream()
                    .map(node -> "127.0.0.1:" + cluster.proxyOf(node).port())
                    .toList();
            assertThat(cluster.seeds()).isEqualTo(proxies);
            assertThat(cluster.nodes())
                    .allSatisfy(node -> assertThat(announcedBy(node)).containsExactlyInAnyOrderElementsOf(proxies));
            RedisServer master = cluster.masterOf("k");
            RedisServer stranger = cluster.masters().stream()
                    .filter(other -> other != master)
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> stranger.command("GET", "k"))
                    .hasMessageEndingWith("127.0.0.1:" + cluster.proxyOf(master).port());

            master.kill();
            RedisServer promoted = cluster.awaitFailover(master);
            master.restart();
            cluster.awaitHealthy();
            assertThat(cluster.replicasOf(promoted)).containsExactly(master);
            assertThat(announcedBy(master)).containsExactlyInAnyOrderElementsOf(proxies);
        }
    }

    @Test
    void aProxyCutsClientsOffFromANodeThatTheOthersStillReach() throws Exception {
        try (RedisCluster cluster = RedisCluster.builder().throughProxies().start()) {
            RedisServer master = cluster.masterOf("k");
            FaultProxy proxy = cluster.proxyOf(master);
            try (RespConnection client = RespConnection.open(proxy.port(), Duration.ofMillis(300))) {
                assertThat(client.call(RespConnection.encode("SET", "k", "v"))).isEqualTo("OK");
                proxy.blackhole(Direction.TO_CLIENT);
                assertThatThrownBy(() -> client.call(RespConnection.encode("GET", "k")))
                        .isInstanceOf(SocketTimeoutException.class);
                cluster.awaitHealthy();
                cluster.moveSlot(RedisCluster.slotOf("k"), cluster.addNode());
                assertThat(cluster.masterOf("k").command("GET", "k")).isEqualTo("v");
            }
        }
    }

    @Test
    void aClusterWithoutProxiesSaysSo() {
        try (RedisCluster cluster = RedisCluster.builder().masters(1).start()) {
            assertThatThrownBy(() -> cluster.proxyOf(cluster.masterOf(0)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("throughProxies()");
        }
    }

    /** The addresses in CLUSTER NODES. */
    private static List<String> announcedBy(RedisServer node) {
        return String.valueOf(node.command("CLUSTER", "NODES"))
                .lines()
                .map(line -> line.replaceFirst("\\S+ (\\S+)@.*", "$1"))
                .toList();
    }

    private static RedisCluster withReplicas() {
        return RedisCluster.builder()
                .replicasPerMaster(1)
                .nodeTimeout(Duration.ofSeconds(1))
                .start();
    }

    private static void assertMoved(RedisServer server, String key) {
        assertThat(errorCodeOf(server, "GET", key)).isEqualTo("MOVED");
    }

    private static String errorCodeOf(RedisServer server, String... command) {
        try {
            server.command(command);
            return "";
        } catch (RedisErrorReply e) {
            return e.code();
        }
    }

    private static Set<Long> childProcesses() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
