package io.cacheservice.testkit;

import static java.util.Objects.requireNonNull;

import io.cacheservice.testkit.ClusterView.Member;

/**
 * A server as a node of a cluster.
 *
 * @param id the id that it keeps over restarts
 * @param shard the same number for a master and its replicas, whoever of them is master now
 */
record ClusterNode(RedisServer server, String id, int shard) {
    static ClusterNode of(RedisServer server, int shard) {
        return new ClusterNode(server, (String) requireNonNull(server.command("CLUSTER", "MYID")), shard);
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
