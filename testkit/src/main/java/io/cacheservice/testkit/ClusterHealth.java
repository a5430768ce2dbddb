package io.cacheservice.testkit;

import io.cacheservice.testkit.ClusterView.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is missing for a cluster to be sound, as its awake nodes see it; null if nothing is. */
final class ClusterHealth {
    private ClusterHealth() {}

    /** They know each other, all serve, and the replicas are not behind. */
    static @Nullable String whyNotHealthy(List<ClusterNode> nodes) {
        String missing = whyNotAcquainted(nodes);
        return missing != null ? missing : whyNotServing(nodes);
    }

    /** Each knows the awake ones and nobody who is none of them, and all say the same of who owns what. */
    static @Nullable String whyNotAcquainted(List<ClusterNode> nodes) {
        List<ClusterNode> awake = awake(nodes);
        Set<String> awakeIds = ids(awake);
        Map<String, String> agreed = new TreeMap<>();
        for (ClusterNode node : awake) {
            ClusterView view = node.view();
            for (Member member : view.members()) {
                String wrong = whatIsWrongWith(member, nodes, awakeIds);
                if (wrong != null) {
                    return node.server() + wrong + member;
                }
            }
            Map<String, String> roles = view.rolesOf(awakeIds);
            if (roles.size() < awake.size()) {
                return node.server() + " knows only " + roles.size() + " of " + awake.size() + " nodes";
            }
            if (!agreed.isEmpty() && !agreed.equals(roles)) {
                return node.server() + " says " + roles + ", another says " + agreed;
            }
            agreed.putAll(roles);
        }
        return null;
    }

    private static @Nullable String whatIsWrongWith(Member member, List<ClusterNode> nodes, Set<String> awakeIds) {
        if (!ids(nodes).contains(member.id())) {
            return " knows a node that is none: ";
        }
        if (member.port() != ClusterNode.withId(member.id(), nodes).clientPort()) {
            return " does not know the right port of ";
        }
        return awakeIds.contains(member.id()) && !member.isSound() ? " has no sound link to " : null;
    }

    private static @Nullable String whyNotServing(List<ClusterNode> nodes) {
        for (ClusterNode node : awake(nodes)) {
            if (!node.saysOk()) {
                return node.server() + " does not say cluster_state:ok";
            }
            Member self = node.self();
            if (!self.isMaster()) {
                ClusterNode master = ClusterNode.withId(self.masterId(), nodes);
                String lag = Replication.lag(master.server(), node.server());
                if (lag != null) {
                    return lag;
                }
            }
        }
        return null;
    }

    private static List<ClusterNode> awake(List<ClusterNode> nodes) {
        return nodes.stream().filter(node -> node.server().isAwake()).toList();
    }

    private static Set<String> ids(List<ClusterNode> nodes) {
        return new HashSet<>(nodes.stream().map(ClusterNode::id).toList());
    }
}
