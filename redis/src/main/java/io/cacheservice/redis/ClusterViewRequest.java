package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.internal.topology.ClusterView;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a node what it believes about the Cluster. */
final class ClusterViewRequest extends Request<ClusterView> {
    private @Nullable LaneCommand<byte[]> nodes;
    private @Nullable LaneCommand<List<Object>> slots;

    ClusterViewRequest(long deadlineNanos) {
        super(Access.TOPOLOGY, "CLUSTER NODES", deadlineNanos, 0);
    }

    @Override
    void begin(List<RedisCommand<byte[], byte[], ?>> out) {
        LaneCommand<byte[]> askNodes =
                command(CommandType.CLUSTER, new ByteArrayOutput<>(ByteArrayCodec.INSTANCE), args().add("NODES"));
        LaneCommand<List<Object>> askSlots =
                command(CommandType.CLUSTER, new BoundedArrayOutput(), args().add("SLOTS"));
        nodes = askNodes;
        slots = askSlots;
        out.add(askNodes);
        out.add(askSlots);
    }

    @Override
    ClusterView answered(List<RedisCommand<byte[], byte[], ?>> out) {
        if (nodes == null || slots == null) {
            throw Failures.unexpectedReply(where(), name(), null);
        }
        if (nodes.error() != null) {
            throw Failures.refused(where(), name(), nodes.error());
        }
        // who may not see the slots gets the addresses that the nodes call each other by
        List<?> preferred = slots.error() != null ? List.of() : slots.get();
        ClusterView view = ClusterView.parse(new String(nodes.get(), UTF_8), preferred, lane().address());
        if (view == null) {
            throw Failures.unexpectedReply(where(), name(), null);
        }
        return view;
    }
}
