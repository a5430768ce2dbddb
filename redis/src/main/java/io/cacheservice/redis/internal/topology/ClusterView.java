package io.cacheservice.redis.internal.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one node of a Cluster believes about all of them.
 *
 * @param members the nodes it knows and can name
 */
public record ClusterView(List<Member> members) {
    /**
     * One node, as another sees it.
     *
     * @param id its name in the Cluster
     * @param address where it is
     * @param masterId whose replica it is; null: it is a master
     * @param epoch the configuration epoch of its claim to its slots: the higher claim holds
     * @param failed whether the Cluster agrees that it does not answer
     * @param slots what it claims
     */
    public record Member(
            String id, NodeAddress address, @Nullable String masterId, long epoch, boolean failed, BitSet slots) {}

    private static final int FIRST_SLOT_WORD = 8;
    private static final Pattern RANGE = Pattern.compile("([0-9]+)(?:-([0-9]+))?");

    /** The copy keeps others from changing it. */
    public ClusterView {
        members = List.copyOf(members);
    }

    /**
     * Reads the replies to {@code CLUSTER NODES} and {@code CLUSTER SLOTS}; the second says which of its addresses a node
     * wants to be called by ({@code cluster-preferred-endpoint-type}).
     *
     * @param slots nested lists, numbers and byte arrays as the driver gives them; empty: the addresses of the first count
     * @param from who answered
     * @return null: this is not what these commands answer
     */
    public static @Nullable ClusterView parse(String nodes, List<?> slots, NodeAddress from) {
        if (!Arrays.stream(nodes.split("\n", -1)).allMatch(ClusterView::namesSlotsThatAre)) {
            // the parser would make room for each of them
            return null;
        }
        Map<String, NodeAddress> preferred = preferredAddresses(slots, from);
        List<Member> members = new ArrayList<>();
        try {
            for (RedisClusterNode node : ClusterPartitionParser.parse(nodes)) {
                NodeAddress address = preferred.getOrDefault(node.getNodeId(), address(node, from));
                if (address != null && !node.is(NodeFlag.HANDSHAKE) && !node.is(NodeFlag.NOADDR)) {
                    members.add(member(node, address));
                }
            }
        } catch (RedisException notThat) {
            return null;
        }
        return members.isEmpty() ? null : new ClusterView(members);
    }

    private static boolean namesSlotsThatAre(String line) {
        String[] words = line.split(" ", -1);
        for (int i = FIRST_SLOT_WORD; i < words.length; i++) {
            Matcher range = RANGE.matcher(words[i]);
            boolean slots =
                    range.matches() && isSlot(range.group(1)) && (range.group(2) == null || isSlot(range.group(2)));
            if (!slots && !words[i].isBlank() && !words[i].startsWith("[")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSlot(String digits) {
        return digits.length() <= 5 && Integer.parseInt(digits) < KeySlot.COUNT;
    }

    private static Member member(RedisClusterNode node, NodeAddress address) {
        BitSet slots = new BitSet(KeySlot.COUNT);
        node.forEachSlot(slots::set);
        return new Member(
                node.getNodeId(), address, node.getSlaveOf(), node.getConfigEpoch(), node.is(NodeFlag.FAIL), slots);
    }

    /** A node that was never met by another does not know its own address. */
    private static @Nullable NodeAddress address(RedisClusterNode node, NodeAddress from) {
        if (node.getUri() == null || node.getUri().getHost() == null) {
            return node.is(NodeFlag.MYSELF) ? from : null;
        }
        return NodeAddress.of(node.getUri().getHost(), node.getUri().getPort());
    }

    private static Map<String, NodeAddress> preferredAddresses(List<?> slots, NodeAddress from) {
        Map<String, NodeAddress> addresses = new HashMap<>();
        for (Object range : slots) {
            if (range instanceof List<?> parts && parts.size() > 2) {
                parts.subList(2, parts.size()).forEach(node -> addPreferred(node, from, addresses));
            }
        }
        return addresses;
    }

    private static void addPreferred(Object node, NodeAddress from, Map<String, NodeAddress> addresses) {
        if (node instanceof List<?> parts
                && parts.size() > 2
                && parts.get(1) instanceof Long port
                && parts.get(2) instanceof byte[] id) {
            String host = parts.get(0) instanceof byte[] named ? new String(named, UTF_8) : "";
            boolean unnamed = host.isEmpty() || host.equals("?");
            NodeAddress address = NodeAddress.of(unnamed ? from.host() : host, port);
            if (address != null) {
                addresses.put(new String(id, UTF_8), address);
            }
        }
    }
}
