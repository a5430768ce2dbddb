package io.cacheservice.redis.histories;

import io.cacheservice.redis.histories.RunOptions.Topology;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.SlotMove;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Three masters and their replicas, each behind a proxy that all services share; foreign clients go past the proxies. */
final class ClusterFleet implements Fleet {
    private final RedisCluster cluster = RedisCluster.builder()
            .replicasPerMaster(1)
            .throughProxies()
            .eachServer(RedisServer.Builder::persistent)
            .start();
    private final List<String> someKeys;

    ClusterFleet(RunOptions options) {
        someKeys = options.loads()
                ? Row.of(0, 0).stream().map(Row::inRedis).toList()
                : Key.of(0, 0).stream().map(Key::inRedis).toList();
    }

    @Override
    public List<String> settings(int jvm) {
        return List.of("nodes=" + String.join(",", cluster.seeds()));
    }

    @Override
    public ForeignRoute route() {
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        cluster.nodes().forEach(node -> ports.put(cluster.proxyOf(node).port(), node.port()));
        return new ForeignRoute(Topology.CLUSTER, ports, List.of(), "");
    }

    @Override
    public List<RedisServer> servers() {
        return cluster.nodes();
    }

    @Override
    public List<RedisServer> masters() {
        return cluster.masters().stream()
                .sorted(Comparator.comparingInt(RedisServer::port))
                .toList();
    }

    @Override
    public List<FaultProxy> proxies() {
        return cluster.nodes().stream().map(cluster::proxyOf).toList();
    }

    @Override
    public List<Fault> faults() {
        return List.of(
                new Fault("server-stop", strike -> strike.stopping(strike.aMaster())),
                new Fault(
                        "master-kill",
                        strike -> strike.failingOver(s -> {
                            RedisServer master = strike.aMaster();
                            master.kill();
                            cluster.awaitFailover(master);
                            master.restart();
                        })),
                new Fault(
                        "promotion",
                        strike -> strike.failingOver(
                                s -> cluster.failover(strike.oneOf(cluster.replicasOf(strike.aMaster()))))),
                new Fault(
                        "restart-with-data",
                        strike -> strike.failingOver(s -> strike.aMaster().restart())),
                new Fault("restart-empty", strike -> strike.emptying(strike.aMaster())),
                new Fault("slot-move", this::moveSlots));
    }

    private void moveSlots(Strike strike) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            int slot = RedisCluster.slotOf(strike.oneOf(someKeys));
            RedisServer source = cluster.masterOf(slot);
            RedisServer target = strike.oneOf(cluster.masters().stream()
                    .filter(master -> !master.equals(source))
                    .toList());
            SlotMove move = cluster.beginMove(slot, target);
            strike.during(Duration.ofMillis(strike.random().nextInt(1_500)));
            move.moveKeys(1);
            strike.during(Duration.ofMillis(strike.random().nextInt(1_500)));
            move.finish();
        }
    }

    @Override
    public void awaitHealthy() {
        cluster.awaitHealthy();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
