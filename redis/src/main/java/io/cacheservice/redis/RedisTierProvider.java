package io.cacheservice.redis;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.RedisEndpoint;
import io.cacheservice.TimeSource;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteTierProvider;
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
        NodeFactory factory = new NodeFactory(config, connector, budgets, time, dialect);
        Routing routing = deployment.routing(config, factory, connector, budgets, time);
        RedisTier tier = new RedisTier(connector, budgets, time, dialect, routing);
        try {
            routing.start();
            factory.serviceHasStarted();
            return tier;
        } catch (RuntimeException | Error e) {
            tier.close();
            throw e;
        }
    }
}
