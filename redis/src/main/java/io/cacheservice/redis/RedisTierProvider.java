package io.cacheservice.redis;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.RedisEndpoint;
import io.cacheservice.TimeSource;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteTierProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Opens one Redis or Valkey through Lettuce. */
public final class RedisTierProvider implements RemoteTierProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RedisTierProvider() {}

    @Override
    public RemoteTier open(CacheConfig config, TimeSource time, Executor executor) {
        RedisEndpoint endpoint =
                config.redis().orElseThrow(() -> new CacheConfigException("no Redis is named: set url, or host"));
        Budgets budgets = Budgets.of(config);
        ScriptDialect dialect = new ScriptDialect();
        Connector connector = new Connector(config, endpoint);
        ServerMemory memory = new ServerMemory(config, connector.where());
        LaneOpening opening = new LaneOpening(connector, budgets, time, dialect, memory);
        List<LaneSlot> slots = new ArrayList<>();
        for (int i = 0; i < config.poolSize(); i++) {
            String name = connector.where() + "/" + i;
            slots.add(new LaneSlot(name, connector, opening, budgets, time, new Random()));
        }
        RedisTier tier = new RedisTier(connector, budgets, time, dialect, slots);
        try {
            for (LaneSlot slot : slots.subList(0, Math.min(config.minIdleConns(), slots.size()))) {
                awaitUnlessUnreachable(slot);
            }
            memory.serviceHasStarted();
            return tier;
        } catch (RuntimeException e) {
            tier.close();
            throw e;
        }
    }

    /** Waits for the first try: what is refused for good stops the start, what is merely away does not. */
    private static void awaitUnlessUnreachable(LaneSlot slot) {
        try {
            slot.open().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof OpeningFailure failure && failure.isLasting()) {
                throw failure.told();
            }
        }
    }
}
