package io.cacheservice.redis;

import io.cacheservice.CacheConfig;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.CommandType;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The parts of a tier below its routing, for tests of one lane or one slot. */
final class OpeningFixture implements AutoCloseable {
    final Budgets budgets;
    final ScriptDialect dialect = new ScriptDialect();
    private final NodeAddress address;
    private final TimeSource time;
    private final Connector connector;
    private final LaneOpening opening;

    OpeningFixture(CacheConfig.Builder settings, TimeSource time) {
        this(settings.build(), null, time);
    }

    /** @param budgets instead of those of the settings */
    OpeningFixture(CacheConfig.Builder settings, Budgets budgets, TimeSource time) {
        this(settings.build(), budgets, time);
    }

    private OpeningFixture(CacheConfig config, @Nullable Budgets budgets, TimeSource time) {
        var endpoint = config.redis().orElseThrow();
        this.budgets = Objects.requireNonNullElseGet(budgets, () -> Budgets.of(config));
        this.time = time;
        this.address = new NodeAddress(endpoint.host(), endpoint.port());
        this.connector = new Connector(config, endpoint, 1);
        ServerMemory memory = new ServerMemory(config, address.toString(), () -> true);
        this.opening = new LaneOpening(
                address,
                connector,
                this.budgets,
                time,
                dialect,
                memory,
                Greeting.NONE,
                Tracking.of(config),
                Placement.ALONE,
                Trouble.IGNORED,
                new NodeBreaker(address.toString(), config.breakerPause(), this.budgets, time),
                new ServerLife(Tracking.of(config), true, false, time));
    }

    Lane lane() {
        return Tiers.await(opening.open("lane", null));
    }

    LaneSlot slot() {
        return new LaneSlot("slot", connector.executor(), opening, budgets, time, new Random(1), Trouble.IGNORED);
    }

    /** A command that is in nobody's name. */
    static SetupRequest<byte[]> get(Lane lane, String key) {
        return SetupRequest.send(
                lane,
                lane.address().toString(),
                "GET",
                CommandType.GET,
                new ByteArrayOutput<>(ByteArrayCodec.INSTANCE),
                Request.args().addKey(Tiers.bytes(key)));
    }

    @Override
    public void close() {
        connector.close();
    }
}
