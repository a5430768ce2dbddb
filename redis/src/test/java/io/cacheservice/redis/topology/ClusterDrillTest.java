package io.cacheservice.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.SlotMove;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens to a Cluster while four threads write and read without a pause. */
class ClusterDrillTest {
    /** The promise is two seconds on a machine that has nothing else to do. */
    private static final Duration SERVING_AGAIN = Duration.ofSeconds(5);

    /** Where nothing may fail: a machine under load must not look like a failure. */
    private static final Duration UNHURRIED = Duration.ofSeconds(10);

    @Test
    void aMasterIsKilled() throws Exception {
        try (RedisCluster cluster = RedisCluster.builder()
                        .replicasPerMaster(1)
                        .nodeTimeout(Duration.ofSeconds(1))
                        .eachServer(server -> server.persistent().arguments("--appendfsync", "always"))
                        .start();
                Drill drill = Drill.start(settings(cluster))) {
            RedisServer master = cluster.masterOf("drill-0");
            Path data = Drill.dataOf(master);
            master.kill();
            Set<String> written = Drill.writtenIn(data);
            drill.awaitFailures(1);
            cluster.awaitFailover(master);
            Duration serving = drill.awaitServing();
            drill.stop();

            drill.report("cluster: master killed", serving);
            drill.requireWhatAPlainClientReads(key -> read(cluster, key));
            int lost = drill.requireLostOnlyFrom(key -> read(cluster, key), written);
            System.out.println("  keys whose last acknowledged write was lost with its master: " + lost);
            assertThat(serving).isLessThan(SERVING_AGAIN);
        }
    }

    @Test
    void aReplicaTakesOverByHand() throws Exception {
        try (RedisCluster cluster = RedisCluster.builder().replicasPerMaster(1).start();
                Drill drill = Drill.start(settings(cluster))) {
            RedisServer master = cluster.masterOf("drill-0");
            cluster.failover(cluster.replicasOf(master).get(0));
            Duration serving = drill.awaitServing();
            drill.stop();

            drill.report("cluster: manual failover", serving);
            drill.requireWhatAPlainClientReads(key -> read(cluster, key));
            drill.requireNothingLost(key -> read(cluster, key));
            assertThat(serving).isLessThan(SERVING_AGAIN);
        }
    }

    @Test
    void aBusySlotMovesThereAndBack() throws Exception {
        int slot = RedisCluster.slotOf("{busy}");
        try (RedisCluster cluster = RedisCluster.start();
                Drill drill = Drill.start(settings(cluster), UNHURRIED, RedisCluster.keysForSlot(slot, 200))) {
            RedisServer from = cluster.masterOf(slot);
            RedisServer to = cluster.masters().stream()
                    .filter(master -> !master.equals(from))
                    .findFirst()
                    .orElseThrow();
            for (RedisServer target : List.of(to, from, to)) {
                SlotMove move = cluster.beginMove(slot, target);
                drill.awaitServing(); // nothing has moved: new keys are asked for at the target
                move.moveKeys(70);
                drill.awaitServing(); // half here, half there
                move.finish();
                drill.awaitServing();
            }
            drill.stop();

            drill.report("cluster: busy slot moved three times", Duration.ZERO);
            drill.requireWhatAPlainClientReads(key -> read(cluster, key));
            drill.requireNothingLost(key -> read(cluster, key));
            assertThat(drill.failures()).as("a slot that moves fails nobody").isZero();
        }
    }

    @Test
    void aNodeIsAddedTakesSlotsAndIsRemovedAgain() throws Exception {
        try (RedisCluster cluster = RedisCluster.start();
                Drill drill = Drill.start(settings(cluster))) {
            RedisServer added = cluster.addNode();
            List<Integer> slots = Stream.of("drill-0", "drill-1", "drill-2", "drill-3", "drill-4")
                    .map(RedisCluster::slotOf)
                    .toList();
            RedisServer home = cluster.masterOf(slots.get(0));
            for (int slot : slots) {
                cluster.moveSlot(slot, added);
            }
            drill.awaitServing();
            assertThat(cluster.masterOf("drill-3")).isEqualTo(added);
            for (int slot : slots) {
                cluster.moveSlot(slot, home);
            }
            cluster.removeNode(added);
            added.close();
            Duration serving = drill.awaitServing();
            drill.stop();

            drill.report("cluster: node added and removed", serving);
            drill.requireWhatAPlainClientReads(key -> read(cluster, key));
            drill.requireNothingLost(key -> read(cluster, key));
        }
    }

    private static CacheConfig.Builder settings(RedisCluster cluster) {
        return CacheConfig.builder().nodes(cluster.seeds().subList(0, 2));
    }

    private static String read(RedisCluster cluster, String key) {
        return String.valueOf(cluster.masterOf(key).command("GET", key));
    }
}
