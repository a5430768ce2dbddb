package io.cacheservice.redis;

import io.cacheservice.ConnectionStats;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.cacheservice.redis.internal.topology.Rendezvous;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Several servers that know nothing of each other, each with a share of the keys: one that is down fails only its own. */
final class ShardRouting implements Routing {
    private final List<Node> nodes;
    private final Rendezvous rendezvous;

    /** @param weights the shares, one for each node */
    ShardRouting(List<Node> nodes, List<Integer> weights) {
        this.nodes = List.copyOf(nodes);
        this.rendezvous = new Rendezvous(
                nodes.stream().map(node -> node.address().toString()).toList(), weights);
    }

    @Override
    public void start() {
        nodes.forEach(Node::open);
        nodes.forEach(Node::awaitUnlessUnreachable);
    }

    @Override
    public void submit(KeyRequest<?> request) {
        holder(request.key()).submit(request);
    }

    @Override
    public LaneSlot sharedLane(byte[] key) {
        return holder(key).lane(key);
    }

    private Node holder(byte[] key) {
        return nodes.get(rendezvous.indexOf(key));
    }

    @Override
    public @Nullable Onward onward(String error, NodeAddress from) {
        return null;
    }

    @Override
    public List<Node> holders() {
        return nodes;
    }

    @Override
    public List<ConnectionStats> connections() {
        return nodes.stream().flatMap(node -> node.connections().stream()).toList();
    }

    @Override
    public CompletableFuture<@Nullable Void> close() {
        return Node.closeAll(nodes);
    }
}
