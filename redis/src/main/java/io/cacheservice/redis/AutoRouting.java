package io.cacheservice.redis;

import io.cacheservice.ConnectionStats;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.cacheservice.redis.internal.topology.Redirect;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One address, of which it is found out whether a server alone is there or a node of a Cluster. */
final class AutoRouting implements Routing, Trouble {
    private final Node seed;
    private final Supplier<ClusterRouting> clusters;
    private volatile Routing now;
    private boolean closed;

    /** @param clusters makes the routing that takes over when the server is a node of a Cluster */
    AutoRouting(NodeFactory factory, NodeAddress address, Supplier<ClusterRouting> clusters) {
        this.clusters = clusters;
        this.seed = factory.node(address, this::recognise, new Recognised(address), this);
        this.now = new StandaloneRouting(seed);
    }

    @Override
    public void suspected() {
        if (now instanceof ClusterRouting cluster) {
            cluster.suspected();
        }
    }

    @Override
    public void start() {
        now.start();
        if (now instanceof ClusterRouting cluster) {
            cluster.start();
        }
    }

    @Override
    public void submit(KeyRequest<?> request) {
        now.submit(request);
    }

    @Override
    public @Nullable Node replica(byte[] key) {
        return now.replica(key);
    }

    @Override
    public @Nullable Onward onward(String error, NodeAddress from) {
        if (Redirect.parse(error, from) != null) {
            becomeCluster();
        }
        return now.onward(error, from);
    }

    @Override
    public List<Node> holders() {
        return now.holders();
    }

    @Override
    public @Nullable LaneSlot sharedLane(byte[] key) {
        return now.sharedLane(key);
    }

    @Override
    public OptionalInt slot(byte[] key) {
        return now.slot(key);
    }

    @Override
    public List<ConnectionStats> connections() {
        return now.connections();
    }

    @Override
    public synchronized CompletableFuture<@Nullable Void> close() {
        closed = true;
        return now.close();
    }

    /** Alone, until it is known to be a node of a Cluster. */
    private final class Recognised implements Placement {
        private final NodeAddress address;

        Recognised(NodeAddress address) {
            this.address = address;
        }

        private Placement now() {
            return now instanceof ClusterRouting cluster ? cluster.placement(address) : Placement.ALONE;
        }

        @Override
        public boolean hasReplicas() {
            return now().hasReplicas();
        }

        @Override
        public @Nullable String canaryTag() {
            return now().canaryTag();
        }

        @Override
        public void refused(String error) {
            if (Redirect.parse(error, address) != null) {
                becomeCluster();
            }
            now().refused(error);
        }
    }

    private CompletionStage<?> recognise(Lane lane, @Nullable String serverInfo) {
        if (serverInfo != null && serverInfo.contains("redis_mode:cluster")) {
            becomeCluster();
        }
        return CompletableFuture.completedFuture(null);
    }

    private synchronized void becomeCluster() {
        if (!closed && now instanceof StandaloneRouting) {
            ClusterRouting cluster = clusters.get();
            cluster.adopt(seed);
            now = cluster;
            // what was read so far is vouched for whole, not slot by slot
            seed.distrust();
            cluster.suspected();
        }
    }
}
