package io.cacheservice.redis;

import io.cacheservice.redis.internal.topology.KeySlot;
import io.cacheservice.redis.internal.topology.NodeAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a Cluster's map says of one node. The node is asked for a key of one of its slots, and of the next when it sends us
 * elsewhere: a slot that is on its way to another node says nothing of those that stay.
 */
final class ClusterPlacement implements Placement {
    private final NodeAddress address;
    private final ClusterRouting routing;
    private volatile int slot;

    ClusterPlacement(NodeAddress address, ClusterRouting routing) {
        this.address = address;
        this.routing = routing;
    }

    @Override
    public boolean hasReplicas() {
        return routing.hasReplicas(address);
    }

    @Override
    public @Nullable String canaryTag() {
        int first = slot;
        for (int i = 0; i < KeySlot.COUNT; i++) {
            int each = (first + i) % KeySlot.COUNT;
            if (routing.owns(address, each)) {
                slot = each;
                return "{" + SlotTags.tag(each) + "}";
            }
        }
        return null;
    }

    @Override
    public void refused(String error) {
        slot = (slot + 1) % KeySlot.COUNT;
        routing.onward(error, address);
    }
}
