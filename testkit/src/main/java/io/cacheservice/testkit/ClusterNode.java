package io.cacheservice.testkit;

import static java.util.Objects.requireNonNull;

import io.cacheservice.testkit.ClusterView.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server as a node of a cluster.
 *
 * @param id the id that it keeps over restarts
 * @param shard the same number for a master and its replicas, whoever of them is master now
 * @param proxy what clients are told to connect to instead of the server
 */
record ClusterNode(
        RedisServer server, String id, int shard, @Nullable FaultProxy proxy) {
    static ClusterNode of(RedisServer server, int shard) {
        return new ClusterNode(server, idOf(server), shard, null);
    }

    /** A node that tells everybody to come through a proxy, except on the bus. */
    static ClusterNode behindProxy(RedisServer server, int shard) {
        FaultProxy proxy = FaultProxy.to(server.port());
        try {
            server.configure("cluster-announce-ip", LoopbackPort.address().getHostAddress());
            server.configure("cluster-announce-port", Integer.toString(proxy.port()));
            server.configure(
                    "cluster-announce-bus-port", Integer.toString(server.port() + LoopbackPort.CLUSTER_BUS_OFFSET));
            return new ClusterNode(server, idOf(server), shard, proxy);
        } catch (RuntimeException e) {
            proxy.close();
            throw e;
        }
    }

    private static String idOf(RedisServer server) {
        return (String) requireNonNull(server.command("CLUSTER", "MYID"));
    }

    static ClusterNode withId(String id, List<ClusterNode> nodes) {
        return nodes.stream()
                .filter(node -> node.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No node has the id " + id));
    }

    /** The port that the node announces. */
    int clientPort() {
        return proxy == null ? server.port() : proxy.port();
    }

    void close() {
        if (proxy != null) {
            proxy.close();
        }
        server.close();
    }

    ClusterView view() {
        return ClusterView.parse((String) requireNonNull(server.command("CLUSTER", "NODES")));
    }

    Member self() {
        return view().myself();
    }

    boolean saysOk() {
        return String.valueOf(server.command("CLUSTER", "INFO")).contains("cluster_state:ok");
    }

    void meet(ClusterNode other) {
        server.command(
                "CLUSTER", "MEET", LoopbackPort.address().getHostAddress(), Integer.toString(other.server.port()));
    }

    void setSlot(int slot, String... state) {
        String[] words = new String[3 + state.length];
        words[0] = "CLUSTER";
        words[1] = "SETSLOT";
        words[2] = Integer.toString(slot);
        System.arraycopy(state, 0, words, 3, state.length);
        server.command(words);
    }
}
