package io.cacheservice.testkit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one node of a cluster says of all of them, as in CLUSTER NODES. */
record ClusterView(List<Member> members) {
    /**
     * One line of CLUSTER NODES.
     *
     * @param port where clients are told to find it
     * @param masterId the node that it replicates; {@code -} if it is a master
     * @param linked whether the node that was asked is connected with it
     */
    record Member(
            String id, int port, Set<String> flags, String masterId, long configEpoch, boolean linked, BitSet slots) {
        boolean isMaster() {
            return flags.contains("master");
        }

        boolean isSound() {
            return linked && flags.stream().noneMatch(Set.of("handshake", "noaddr", "fail", "fail?")::contains);
        }

        /** What all nodes have to agree on. */
        String role() {
            return isMaster() ? "master of " + slots : "replica of " + masterId;
        }
    }

    static ClusterView parse(String clusterNodes) {
        return new ClusterView(clusterNodes.lines().map(ClusterView::member).toList());
    }

    Member myself() {
        return members.stream()
                .filter(member -> member.flags.contains("myself"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A node does not know itself: " + members));
    }

    /** The roles of some nodes, by their ids. */
    Map<String, String> rolesOf(Set<String> ids) {
        Map<String, String> roles = new TreeMap<>();
        members.stream()
                .filter(member -> ids.contains(member.id))
                .forEach(member -> roles.put(member.id, member.role()));
        return roles;
    }

    /** Id, address, flags, master, ping sent, pong received, config epoch, link state and slots. */
    private static Member member(String line) {
        String[] words = line.split(" ");
        BitSet slots = new BitSet();
        Arrays.stream(words)
                .skip(8)
                // A slot on its way is in brackets; whether it is owned stands outside of them.
                .filter(range -> !range.startsWith("["))
                .forEach(range -> addRange(slots, range));
        return new Member(
                words[0],
                portIn(words[1]),
                Set.of(words[2].split(",")),
                words[3],
                Long.parseLong(words[6]),
                words[7].equals("connected"),
                slots);
    }

    /** As in {@code 127.0.0.1:7001@17001,hostname}. */
    private static int portIn(String address) {
        String hostAndPort = address.substring(0, address.indexOf('@'));
        return Integer.parseInt(hostAndPort.substring(hostAndPort.lastIndexOf(':') + 1));
    }

    private static void addRange(BitSet slots, String range) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
        int last = Integer.parseInt(range.substring(dash + 1));
        slots.set(first, last + 1);
    }
}
