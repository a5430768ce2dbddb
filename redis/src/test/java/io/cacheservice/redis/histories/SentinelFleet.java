package io.cacheservice.redis.histories;

import io.cacheservice.redis.histories.RunOptions.Topology;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A master, two replicas, three Sentinels, and no proxies: Sentinels name the servers themselves. */
final class SentinelFleet implements Fleet {
    private final RedisSentinels sentinels =
            RedisSentinels.builder().eachServer(RedisServer.Builder::persistent).start();

    @Override
    public List<String> settings(int jvm) {
        return List.of(
                "nodes=" + String.join(",", sentinels.sentinelAddresses()), "sentinelMaster=" + sentinels.masterName());
    }

    @Override
    public ForeignRoute route() {
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        sentinels.servers().forEach(server -> ports.put(server.port(), server.port()));
        List<Integer> asked =
                sentinels.sentinels().stream().map(RedisServer::port).toList();
        return new ForeignRoute(Topology.SENTINEL, ports, asked, sentinels.masterName());
    }

    @Override
    public List<RedisServer> servers() {
        return sentinels.servers();
    }

    @Override
    public List<RedisServer> masters() {
        return List.of(sentinels.master());
    }

    @Override
    public List<FaultProxy> proxies() {
        return List.of();
    }

    @Override
    public List<Fault> faults() {
        return List.of(
                new Fault("server-stop", strike -> strike.stopping(sentinels.master())),
                new Fault(
                        "master-kill",
                        strike -> strike.failingOver(s -> {
                            RedisServer old = sentinels.killMaster();
                            sentinels.awaitMasterOtherThan(old);
                            old.restart();
                        })),
                new Fault("promotion", strike -> strike.failingOver(s -> sentinels.failover())),
                new Fault(
                        "restart-with-data",
                        strike -> strike.failingOver(s -> sentinels.master().restart())),
                new Fault("restart-empty", strike -> strike.emptying(sentinels.master())));
    }

    @Override
    public void awaitHealthy() {
        sentinels.awaitHealthy();
    }

    @Override
    public void close() {
        sentinels.close();
    }
}
