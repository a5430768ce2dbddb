package io.cacheservice.redis.internal.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who owns each slot of a Cluster, and who holds copies. Immutable.
 *
 * <p>Nodes do not agree at every moment, so several are asked: each slot goes to the claim with the highest configuration
 * epoch, which is the rule by which the nodes settle it among themselves (Redis Cluster specification, "Hash slots
 * configuration propagation").
 */
public final class SlotMap {
    /** Nobody owns anything yet. */
    public static final SlotMap EMPTY = new SlotMap(new NodeAddress[KeySlot.COUNT], Map.of());

    private final @Nullable NodeAddress[] owners;
    private final Map<NodeAddress, List<NodeAddress>> replicas;

    private SlotMap(@Nullable NodeAddress[] owners, Map<NodeAddress, List<NodeAddress>> replicas) {
        this.owners = owners;
        this.replicas = replicas;
    }

    /** What follows from several views, of which none is trusted more than another. */
    public static SlotMap of(List<ClusterView> views) {
        @Nullable NodeAddress[] owners = new NodeAddress[KeySlot.COUNT];
        long[] epochs = new long[KeySlot.COUNT];
        Arrays.fill(epochs, Long.MIN_VALUE);
        Map<String, NodeAddress> addresses = new HashMap<>();
        Map<String, ClusterView.Member> newest = new LinkedHashMap<>();
        for (ClusterView view : views) {
            for (ClusterView.Member member : view.members()) {
                addresses.put(member.id(), member.address());
                newest.merge(member.id(), member, (old, now) -> now.epoch() > old.epoch() ? now : old);
                member.slots().stream()
                        .filter(slot -> member.masterId() == null && member.epoch() > epochs[slot])
                        .forEach(slot -> {
                            owners[slot] = member.address();
                            epochs[slot] = member.epoch();
                        });
            }
        }
        return new SlotMap(owners, replicasOf(newest, addresses));
    }

    private static Map<NodeAddress, List<NodeAddress>> replicasOf(
            Map<String, ClusterView.Member> members, Map<String, NodeAddress> addresses) {
        Map<NodeAddress, List<NodeAddress>> replicas = new HashMap<>();
        for (ClusterView.Member member : members.values()) {
            NodeAddress master = member.masterId() == null ? null : addresses.get(member.masterId());
            if (master != null && !member.failed()) {
                replicas.computeIfAbsent(master, absent -> new ArrayList<>()).add(member.address());
            }
        }
        replicas.replaceAll((master, copies) -> List.copyOf(copies));
        return replicas;
    }

    /** Who owns {@code slot}; null: nobody, as far as is known. */
    public @Nullable NodeAddress owner(int slot) {
        return owners[slot];
    }

    /** Who holds copies of what {@code master} owns. */
    public List<NodeAddress> replicas(NodeAddress master) {
        return replicas.getOrDefault(master, List.of());
    }

    /** Whether {@code address} holds copies of somebody's slots. */
    public boolean isReplica(NodeAddress address) {
        return replicas.values().stream().anyMatch(copies -> copies.contains(address));
    }

    /** Everybody who owns a slot. */
    public Set<NodeAddress> owners() {
        Set<NodeAddress> all = new LinkedHashSet<>();
        for (NodeAddress owner : owners) {
            if (owner != null) {
                all.add(owner);
            }
        }
        return all;
    }

    /** How many slots nobody owns. */
    public int uncovered() {
        return (int) Arrays.stream(owners).filter(owner -> owner == null).count();
    }

    /** This map with another owner of one slot, as a node has just said. */
    public SlotMap with(int slot, NodeAddress owner) {
        @Nullable NodeAddress[] changed = owners.clone();
        changed[slot] = owner;
        return new SlotMap(changed, replicas);
    }
}
