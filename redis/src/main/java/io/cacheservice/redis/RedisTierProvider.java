package io.cacheservice.redis;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.RedisEndpoint;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.internal.topology.Deployment;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteTierProvider;
import java.util.List;
import java.util.concurrent.Executor;

/** Opens Redis or Valkey through Lettuce: one server, a master under Sentinels, a Cluster, or independent servers. */
public final class RedisTierProvider implements RemoteTierProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RedisTierProvider() {}

    @Override
    public RemoteTier open(CacheConfig config, TimeSource time, Executor executor) {
        RedisEndpoint endpoint =
                config.redis().orElseThrow(() -> new CacheConfigException("no Redis is named: set url, host or nodes"));
        Deployment deployment = Deployment.of(config, endpoint);
        Budgets budgets = Budgets.of(config);
        ScriptDialect dialect = new ScriptDialect();
        Connector connector = new Connector(config, endpoint, deployment.expectedLanes(config.poolSize()));
        Tracking tracking = Tracking.of(config);
        NodeFactory factory = new NodeFactory(config, connector, budgets, time, dialect, tracking);
        Routing routing = routing(deployment, config, factory, connector, budgets, time);
        RedisTier tier = new RedisTier(connector, new Dispatch(routing, dialect, tracking, budgets, time));
        try {
            routing.start();
            factory.serviceHasStarted();
            return tier;
        } catch (RuntimeException | Error e) {
            tier.close();
            throw e;
        }
    }

    private static Routing routing(
            Deployment deployment,
            CacheConfig config,
            NodeFactory factory,
            Connector connector,
            Budgets budgets,
            TimeSource time) {
        List<NodeAddress> addresses = deployment.addresses();
        return switch (deployment.kind()) {
            case AUTO ->
                new AutoRouting(factory, addresses.get(0), () -> cluster(factory, addresses, connector, budgets, time));
            case STANDALONE ->
                new StandaloneRouting(factory.node(addresses.get(0), Greeting.NONE, Placement.ALONE, Trouble.IGNORED));
            case SENTINEL ->
                new SentinelRouting(
                        factory,
                        new Sentinels(
                                connector, addresses, config.sentinelMaster().orElseThrow()),
                        connector.executor(),
                        budgets);
            case CLUSTER -> cluster(factory, addresses, connector, budgets, time);
            case SHARDS ->
                new ShardRouting(
                        addresses.stream()
                                .map(address -> factory.node(address, Greeting.NONE, Placement.ALONE, Trouble.IGNORED))
                                .toList(),
                        deployment.servers().stream()
                                .map(Deployment.Server::weight)
                                .toList());
        };
    }

    private static ClusterRouting cluster(
            NodeFactory factory, List<NodeAddress> seeds, Connector connector, Budgets budgets, TimeSource time) {
        return new ClusterRouting(factory, seeds, connector.executor(), budgets, time);
    }
}
