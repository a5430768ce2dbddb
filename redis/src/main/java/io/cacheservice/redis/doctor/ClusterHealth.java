package io.cacheservice.redis.doctor;

import io.cacheservice.redis.internal.topology.ClusterView;
import io.cacheservice.redis.internal.topology.KeySlot;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.cacheservice.redis.internal.topology.SlotMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the nodes of a Cluster serve all keys, and agree: cluster. Pure. */
final class ClusterHealth {
    private static final String ALL = "cluster";

    private ClusterHealth() {}

    /**
     * @param views what each node believes that answered
     * @param states what each said in {@code CLUSTER INFO}, by its address
     */
    static List<Finding> findings(List<ClusterView> views, Map<String, Info> states) {
        SlotMap map = SlotMap.of(views);
        List<Finding> findings = new ArrayList<>();
        if (map.uncovered() > 0) {
            findings.add(Check.CLUSTER.fault(
                    ALL,
                    map.uncovered() + " of " + KeySlot.COUNT + " slots are served by nobody: their keys fail, and all"
                            + " keys do with cluster-require-full-coverage yes",
                    "bring the missing masters back, or: redis-cli --cluster fix"));
        }
        String down = states.entrySet().stream()
                .filter(state -> state.getValue().says("cluster_state", "fail"))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (!down.isEmpty()) {
            findings.add(Check.CLUSTER.fault(
                    ALL,
                    "cluster_state is fail on " + down + ": they answer CLUSTERDOWN",
                    "cover all slots and let the nodes reach each other, bus ports included"));
        }
        Set<NodeAddress> failed = failed(views);
        if (!failed.isEmpty()) {
            findings.add(Check.CLUSTER.warning(
                    ALL,
                    "the nodes agree that these do not answer: " + failed,
                    "bring them back, or: CLUSTER FORGET on every other node"));
        }
        int disputed = disputed(views);
        if (disputed > 0) {
            findings.add(
                    Check.CLUSTER.warning(
                            ALL,
                            "several masters for " + disputed + " slots: the nodes disagree who serves them",
                            "wait for a failover or resharding to end; else let the nodes reach each other, bus ports included"));
        }
        return findings.isEmpty()
                ? List.of(Check.CLUSTER.ok(
                        ALL,
                        map.owners().size() + " masters serve all " + KeySlot.COUNT + " slots; " + views.size()
                                + " nodes agree"))
                : findings;
    }

    private static Set<NodeAddress> failed(List<ClusterView> views) {
        return views.stream()
                .flatMap(view -> view.members().stream())
                .filter(ClusterView.Member::failed)
                .map(ClusterView.Member::address)
                .collect(Collectors.toSet());
    }

    private static int disputed(List<ClusterView> views) {
        int disputed = 0;
        for (int slot = 0; slot < KeySlot.COUNT; slot++) {
            Set<String> owners = new HashSet<>();
            for (ClusterView view : views) {
                for (ClusterView.Member member : view.members()) {
                    if (member.masterId() == null && member.slots().get(slot)) {
                        owners.add(member.id());
                    }
                }
            }
            disputed += owners.size() > 1 ? 1 : 0;
        }
        return disputed;
    }
}
