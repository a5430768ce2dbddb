package io.cacheservice.redis.histories;

import io.cacheservice.redis.histories.RunOptions.Topology;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One server, and a proxy of its own for each JVM, so that one can be cut off while the others go on. */
final class StandaloneFleet implements Fleet {
    private final RedisServer server = RedisServer.builder().persistent().start();
    private final List<FaultProxy> proxies;

    StandaloneFleet(int jvms) {
        proxies =
                Stream.generate(() -> FaultProxy.to(server.port())).limit(jvms).toList();
    }

    @Override
    public List<String> settings(int jvm) {
        return List.of("url=" + proxies.get(jvm).url());
    }

    @Override
    public ForeignRoute route() {
        return new ForeignRoute(Topology.STANDALONE, Map.of(server.port(), server.port()), List.of(), "");
    }

    @Override
    public List<RedisServer> servers() {
        return List.of(server);
    }

    @Override
    public List<RedisServer> masters() {
        return List.of(server);
    }

    @Override
    public List<FaultProxy> proxies() {
        return proxies;
    }

    @Override
    public List<Fault> faults() {
        return List.of(
                new Fault("server-stop", strike -> {
                    server.pause();
                    strike.aWhile();
                    server.resume();
                }),
                new Fault("restart-with-data", strike -> {
                    server.kill();
                    server.restart();
                }),
                new Fault(
                        "restart-empty",
                        strike -> strike.flushing(() -> {
                            server.kill();
                            server.restartEmpty();
                        })));
    }

    @Override
    public void awaitHealthy() {
        server.command("PING");
    }

    @Override
    public void close() {
        proxies.forEach(FaultProxy::close);
        server.close();
    }
}
