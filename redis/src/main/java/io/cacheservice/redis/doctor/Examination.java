package io.cacheservice.redis.doctor;

import io.cacheservice.CacheConfig;
import io.cacheservice.RedisEndpoint;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.doctor.Dialer.Dialed;
import io.cacheservice.redis.internal.topology.ClusterView;
import io.cacheservice.redis.internal.topology.Deployment;
import io.cacheservice.redis.internal.topology.MasterVote;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.cacheservice.redis.internal.topology.SlotMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One examination: goes to the servers that the settings name and to those that these name, and has each judged. */
final class Examination {
    private final CacheConfig config;
    private final Deployment deployment;
    private final String user;
    private final Dialer dialer;
    private final ServerProbe probe;
    private final ProbeKeys keys;
    private final List<Finding> findings = new ArrayList<>();
    private boolean examined;

    Examination(CacheConfig config, RedisEndpoint endpoint, Dialer dialer, TimeSource time, ProbeKeys keys) {
        this.config = config;
        this.deployment = Deployment.of(config, endpoint);
        this.user = endpoint.username().orElse("default");
        this.dialer = dialer;
        this.probe = new ServerProbe(dialer, time);
        this.keys = keys;
    }

    Report run() {
        switch (deployment.kind()) {
            case SENTINEL -> sentinels();
            case AUTO, CLUSTER -> cluster();
            case STANDALONE, SHARDS -> deployment.addresses().forEach(this::server);
        }
        return new Report(examined, findings);
    }

    private void server(NodeAddress address) {
        Dialed dialed = arrive(dialer.dial(address), true);
        if (dialed.link() != null) {
            server(dialed.link(), keys.inSlots(slot -> true));
        }
    }

    private void server(Link link, @Nullable String key) {
        ServerSeen seen = probe.examine(link, key);
        Reply.Lost lost = link.lost();
        if (lost != null) {
            findings.add(Arrivals.silenced(link.address(), lost.reason()));
        }
        findings.add(Engine.version(seen));
        findings.add(Placing.topology(deployment.kind(), seen));
        if ("sentinel".equals(seen.mode())) {
            return;
        }
        findings.addAll(Rights.findings(seen, user, config));
        findings.addAll(Limits.findings(seen, config));
        findings.addAll(MemoryHealth.findings(seen, config));
        findings.addAll(Timing.findings(seen, config.readTimeout()));
        findings.addAll(Durability.findings(seen, deployment.kind()));
    }

    private Dialed arrive(Dialed dialed, boolean needed) {
        findings.addAll(Arrivals.findings(dialed.arrival(), needed));
        examined |= dialed.link() != null;
        return dialed;
    }

    /** What an address is one learns by asking it: a server alone, or a node of a Cluster, which names the others. */
    private void cluster() {
        Map<NodeAddress, Dialed> met = new LinkedHashMap<>();
        List<ClusterView> views = new ArrayList<>();
        Map<String, Info> states = new LinkedHashMap<>();
        Deque<NodeAddress> toMeet = new ArrayDeque<>(deployment.addresses());
        while (!toMeet.isEmpty()) {
            NodeAddress address = toMeet.remove();
            if (!met.containsKey(address)) {
                Dialed dialed = dialer.dial(address);
                met.put(address, dialed);
                ClusterView view = dialed.link() == null ? null : view(dialed.link(), states);
                if (view != null) {
                    views.add(view);
                    view.members().forEach(member -> toMeet.add(member.address()));
                }
            }
        }
        SlotMap map = SlotMap.of(views);
        boolean anyConnected = met.values().stream().anyMatch(dialed -> dialed.link() != null);
        met.forEach((address, dialed) ->
                arrive(dialed, !anyConnected || map.owners().contains(address)));
        if (!views.isEmpty()) {
            findings.addAll(ClusterHealth.findings(views, states));
        }
        for (Dialed dialed : toExamine(met, map, !views.isEmpty())) {
            Link link = Objects.requireNonNull(dialed.link());
            server(link, keys.inSlots(slot -> views.isEmpty() || link.address().equals(map.owner(slot))));
        }
    }

    /** Those that own slots; if nobody does, the first. Of servers alone, all. */
    private static List<Dialed> toExamine(Map<NodeAddress, Dialed> met, SlotMap map, boolean cluster) {
        List<Dialed> connected =
                met.values().stream().filter(dialed -> dialed.link() != null).toList();
        List<Dialed> owners = connected.stream()
                .filter(dialed -> map.owners().contains(dialed.arrival().address()))
                .toList();
        if (!cluster) {
            return connected;
        }
        return owners.isEmpty() ? connected.subList(0, 1) : owners;
    }

    private static @Nullable ClusterView view(Link link, Map<String, Info> states) {
        String nodes = link.ask("CLUSTER", "NODES").text();
        if (nodes == null) {
            return null;
        }
        states.put(
                link.address().toString(),
                Info.parse(link.ask("CLUSTER", "INFO").text()));
        return ClusterView.parse(nodes, link.ask("CLUSTER", "SLOTS").list(), link.address());
    }

    private void sentinels() {
        String master = config.sentinelMaster().orElseThrow();
        Map<NodeAddress, Dialed> met = new LinkedHashMap<>();
        List<SentinelSeen> seen = new ArrayList<>();
        Deque<NodeAddress> toMeet = new ArrayDeque<>(deployment.addresses());
        List<Finding> places = new ArrayList<>();
        while (!toMeet.isEmpty()) {
            NodeAddress address = toMeet.remove();
            if (!met.containsKey(address)) {
                Dialed dialed = dialer.dialSentinel(address);
                met.put(address, dialed);
                if (dialed.link() != null) {
                    toMeet.addAll(sentinel(dialed.link(), master, seen, places));
                }
            }
        }
        boolean anyConnected = met.values().stream().anyMatch(dialed -> dialed.link() != null);
        met.values().forEach(dialed -> arrive(dialed, !anyConnected));
        findings.addAll(places);
        if (!anyConnected) {
            return;
        }
        findings.addAll(SentinelHealth.findings(master, seen));
        NodeAddress elected = MasterVote.elect(
                seen.stream().map(SentinelSeen::vote).filter(Objects::nonNull).toList());
        if (elected != null) {
            server(elected);
        }
    }

    /** Asks one, and answers whom else it knows. */
    private static Set<NodeAddress> sentinel(Link link, String master, List<SentinelSeen> seen, List<Finding> places) {
        String where = link.address().toString();
        Map<String, String> hello = link.ask("HELLO").fields();
        String mode = Info.parse(link.ask("INFO", "server").text()).text("redis_mode");
        places.add(Placing.sentinel(where, mode != null ? mode : hello.get("mode")));
        seen.add(new SentinelSeen(
                where, link.ask("SENTINEL", "MASTER", master), link.ask("SENTINEL", "CKQUORUM", master)));
        Set<NodeAddress> others = new LinkedHashSet<>();
        for (Object other : link.ask("SENTINEL", "SENTINELS", master).list()) {
            NodeAddress address = SentinelSeen.address(Reply.fields(other));
            if (address != null) {
                others.add(address);
            }
        }
        return others;
    }
}
