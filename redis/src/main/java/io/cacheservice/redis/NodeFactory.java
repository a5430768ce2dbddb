package io.cacheservice.redis;

import io.cacheservice.CacheConfig;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.internal.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Makes the {@link Node} of an address; all of one service are alike. */
final class NodeFactory {
    private final CacheConfig config;
    private final Connector connector;
    private final Budgets budgets;
    private final TimeSource time;
    private final ScriptDialect dialect;
    private final Tracking tracking;
    private final AtomicBoolean starting = new AtomicBoolean(true);

    NodeFactory(
            CacheConfig config,
            Connector connector,
            Budgets budgets,
            TimeSource time,
            ScriptDialect dialect,
            Tracking tracking) {
        this.config = config;
        this.connector = connector;
        this.budgets = budgets;
        this.time = time;
        this.dialect = dialect;
        this.tracking = tracking;
    }

    /** A server that nothing is connected to yet. */
    Node node(NodeAddress address, Greeting greeting, Placement placement, Trouble trouble) {
        return node(address, greeting, tracking, placement, trouble);
    }

    /** A replica, which hears of changes late and so vouches for nothing. */
    Node replica(NodeAddress address, Greeting greeting) {
        return node(address, greeting, tracking.off(), Placement.ALONE, Trouble.IGNORED);
    }

    private Node node(NodeAddress address, Greeting greeting, Tracking tracked, Placement placement, Trouble trouble) {
        List<LaneSlot> slots = new ArrayList<>();
        NodeBreaker breaker = new NodeBreaker(address.toString(), config.breakerPause(), budgets, time);
        ServerLife life = new ServerLife(tracking, config.clearOldData(), !starting.get(), time);
        LaneOpening opening = opening(address, greeting, tracked, placement, trouble, breaker, life);
        for (int i = 0; i < config.poolSize(); i++) {
            slots.add(slot(address + "/" + i, opening, trouble));
        }
        LaneSlot bystander = slot(
                address + "/bystander",
                opening(address, greeting, tracked.off(), placement, trouble, breaker, life),
                trouble);
        return new Node(address, slots, bystander, Math.min(config.minIdleConns(), config.poolSize()), breaker);
    }

    private LaneOpening opening(
            NodeAddress address,
            Greeting greeting,
            Tracking tracked,
            Placement placement,
            Trouble trouble,
            NodeBreaker breaker,
            ServerLife life) {
        ServerMemory memory = new ServerMemory(config, address.toString(), starting::get);
        return new LaneOpening(
                address, connector, budgets, time, dialect, memory, greeting, tracked, placement, trouble, breaker,
                life);
    }

    private LaneSlot slot(String name, LaneOpening opening, Trouble trouble) {
        return new LaneSlot(name, connector.executor(), opening, budgets, time, new Random(), trouble);
    }

    /** Another server has taken the place of the one that accepted changes of {@code keys}; told before it is asked. */
    void tookOver(Predicate<byte[]> keys) {
        tracking.losses().lostLatest(keys);
    }

    /** From now on what is wrong with a server's settings is logged and stops nothing. */
    void serviceHasStarted() {
        starting.set(false);
    }
}
