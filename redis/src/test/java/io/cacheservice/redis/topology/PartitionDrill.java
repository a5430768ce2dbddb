package io.cacheservice.redis.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What happens to a Cluster when the network parts it, by packet filters: not a part of the suite, since it needs root. {@code
 * redis/drills/partition} runs it in a network namespace of its own, each server as a user of its own.
 */
class PartitionDrill {
    @BeforeAll
    static void requireANetworkOfOnesOwn() {
        assertThat(System.getenv("CACHE_DRILL_NAMESPACE"))
                .as("this drill filters packets: run it with redis/drills/partition")
                .isNotNull();
    }

    @Test
    void aMasterIsCutOffFromEverybody() throws Exception {
        partition("cut off from everybody", true);
    }

    /** The master still takes writes of clients for a while, and loses them: Redis says so when it demotes itself. */
    @Test
    void aMasterIsCutOffFromTheOtherNodesOnly() throws Exception {
        partition("cut off from the other nodes only", false);
    }

    private static void partition(String what, boolean clientsToo) throws Exception {
        try (RedisCluster cluster = RedisCluster.builder()
                        .replicasPerMaster(1)
                        .nodeTimeout(Duration.ofSeconds(1))
                        .start();
                Drill drill = Drill.start(CacheConfig.builder().nodes(cluster.seeds()))) {
            RedisServer master = cluster.masterOf("drill-0");
            List<String[]> rules = rules(master, clientsToo);
            try {
                RedisServer replica = cluster.replicasOf(master).get(0);
                for (String[] rule : rules) {
                    filter("-A", rule);
                }
                drill.awaitFailures(1);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> replica.command("ROLE") instanceof List<?> role && "master".equals(role.get(0)));
                Duration serving = drill.awaitServing();
                assertThat(serving).isLessThan(Duration.ofSeconds(2));
                for (String[] rule : rules) {
                    filter("-D", rule);
                }
                rules = List.of();
                cluster.awaitHealthy();
                drill.awaitServing();
                drill.stop();
                drill.report("cluster: a master " + what, serving);
                assertThat(cluster.masterOf("drill-0")).isEqualTo(replica);
                drill.requireWhatAPlainClientReads(
                        key -> String.valueOf(cluster.masterOf(key).command("GET", key)));
                System.out.println("  keys whose last acknowledged write is gone: "
                        + drill.lost(key -> String.valueOf(cluster.masterOf(key).command("GET", key))));
            } finally {
                for (String[] rule : rules) {
                    filter("-D", rule);
                }
            }
        }
    }

    /** What the master sends, all of it or all but its answers to clients: its user has the number of its port. */
    private static List<String[]> rules(RedisServer master, boolean clientsToo) {
        String port = Integer.toString(master.port());
        return List.<String[]>of(
                clientsToo
                        ? new String[] {"-m", "owner", "--uid-owner", port, "-j", "DROP"}
                        : new String[] {
                            "-p", "tcp", "-m", "owner", "--uid-owner", port, "!", "--sport", port, "-j", "DROP"
                        });
    }

    private static void filter(String action, String... rule) throws IOException {
        List<String> command = new ArrayList<>(List.of("iptables", action, "OUTPUT"));
        command.addAll(List.of(rule));
        run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + ": " + output)
                    .isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return output;
    }
}
