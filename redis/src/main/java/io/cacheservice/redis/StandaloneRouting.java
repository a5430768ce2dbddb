package io.cacheservice.redis;

import io.cacheservice.ConnectionStats;
import io.cacheservice.redis.internal.topology.NodeAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One server holds every key. */
final class StandaloneRouting implements Routing {
    private final Node node;

    StandaloneRouting(Node node) {
        this.node = node;
    }

    @Override
    public void start() {
        node.awaitUnlessUnreachable();
    }

    @Override
    public void submit(KeyRequest<?> request) {
        node.submit(request);
    }

    @Override
    public @Nullable Onward onward(String error, NodeAddress from) {
        return null;
    }

    @Override
    public LaneSlot sharedLane(byte[] key) {
        return node.lane(key);
    }

    @Override
    public List<Node> holders() {
        return List.of(node);
    }

    @Override
    public List<ConnectionStats> connections() {
        return node.connections();
    }

    @Override
    public CompletableFuture<@Nullable Void> close() {
        return node.close(Failures::closed);
    }
}
