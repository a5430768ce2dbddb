package io.cacheservice.testkit;

import io.cacheservice.testkit.ClusterView.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real Redis Cluster, or Valkey Cluster, on free ports of 127.0.0.1, for one test or one test class.
 *
 * <pre>{@code
 * try (RedisCluster cluster = RedisCluster.builder().replicasPerMaster(1).start()) {
 *     RedisServer master = cluster.masterOf("k");
 *     master.kill();
 *     RedisServer promoted = cluster.awaitFailover(master);
 *     master.restart();                                     // as a replica of the promoted one
 *     cluster.awaitHealthy();
 * }
 * }</pre>
 *
 * <p>Every node is a {@link RedisServer}, which the test may kill, pause, restart and ask. A node that restarts is the same
 * node again, with its slots. A master never becomes a replica because it has lost its last slot. A start takes about two
 * seconds: before that, no master serves.
 *
 * <p>The methods that change the cluster wait until every node that runs and is not paused knows the change, and fail with
 * an {@link IllegalStateException} that says what is missing if that takes longer than {@link Builder#timeout}.
 *
 * <p>It needs Redis 7 or later, or any Valkey; the program is chosen as for {@link RedisServer}. Questions may be asked by
 * many threads; changes are for one at a time.
 */
public final class RedisCluster implements AutoCloseable {
    private final Builder options;
    private final String kitPassword = UUID.randomUUID().toString();
    private final List<ClusterNode> nodes = new CopyOnWriteArrayList<>();
    private int shards;

    private RedisCluster(Builder options) {
        this.options = options;
        try {
            form();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a cluster of three masters without replicas.
     *
     * @throws IllegalStateException if a node does not start, or the nodes do not find together
     */
    public static RedisCluster start() {
        return builder().start();
    }

    /** Options for a cluster to start. */
    public static Builder builder() {
        return new Builder();
    }

    /** A key that belongs to a slot; the same one every time. */
    public static String keyForSlot(int slot) {
        ClusterSlot.checked(slot);
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "key-" + i)
                .filter(key -> ClusterSlot.of(key) == slot)
                .findFirst()
                .orElseThrow();
    }

    /** Different keys that belong to one slot, having the same tag in braces. */
    public static List<String> keysForSlot(int slot, int count) {
        String tag = keyForSlot(slot);
        return IntStream.range(0, count).mapToObj(i -> "{" + tag + "}:" + i).toList();
    }

    /** The slot of a key, between 0 and 16383. */
    public static int slotOf(String key) {
        return ClusterSlot.of(key);
    }

    /** All nodes, running or not: first the masters that it was started with, then their replicas, then those added. */
    public List<RedisServer> nodes() {
        return nodes.stream().map(ClusterNode::server).toList();
    }

    /** {@code 127.0.0.1:port} of every node, or of its proxy, for a client to start with. */
    public List<String> seeds() {
        return nodes.stream()
                .map(node -> LoopbackPort.address().getHostAddress() + ":" + node.clientPort())
                .toList();
    }

    /**
     * The proxy in front of a node.
     *
     * @throws IllegalStateException if the cluster was started without {@link Builder#throughProxies}
     */
    public FaultProxy proxyOf(RedisServer node) {
        FaultProxy proxy = node(node).proxy();
        if (proxy == null) {
            throw new IllegalStateException("There are no proxies: start the cluster with throughProxies()");
        }
        return proxy;
    }

    /** The nodes that say of themselves that they are masters, with or without slots; only those that can be asked. */
    public List<RedisServer> masters() {
        return servers(Member::isMaster);
    }

    /** The nodes that say of themselves that they replicate this one; only those that can be asked. */
    public List<RedisServer> replicasOf(RedisServer master) {
        String id = node(master).id();
        return servers(self -> self.masterId().equals(id));
    }

    /**
     * The node that the others take for the owner of a slot, running or not.
     *
     * @throws IllegalStateException if no node owns it
     */
    public RedisServer masterOf(int slot) {
        return ownerOf(slot).server();
    }

    /** The node that the others take for the owner of a key's slot, running or not. */
    public RedisServer masterOf(String key) {
        return masterOf(slotOf(key));
    }

    /** The slots that a node says it owns, in order. */
    public List<Integer> slotsOf(RedisServer master) {
        return node(master).self().slots().stream().boxed().toList();
    }

    /**
     * Different keys, of many slots, that belong to a master now.
     *
     * @throws IllegalArgumentException if it owns no slot
     */
    public List<String> keysOn(RedisServer master, int count) {
        BitSet slots = node(master).self().slots();
        if (slots.isEmpty()) {
            throw new IllegalArgumentException(master + " owns no slot: no key belongs to it");
        }
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "key-" + i)
                .filter(key -> slots.get(ClusterSlot.of(key)))
                .limit(count)
                .toList();
    }

    /**
     * Makes a replica the master, and its master a replica, with nothing lost (CLUSTER FAILOVER).
     *
     * @throws IllegalArgumentException if the node is a master already
     */
    public void failover(RedisServer replica) {
        ClusterNode node = node(replica);
        if (node.self().isMaster()) {
            throw new IllegalArgumentException(replica + " is a master already: name one of its replicas");
        }
        replica.command("CLUSTER", "FAILOVER");
        await("The failover to " + replica, () -> {
            // In this order: the others may be of one mind about the old roles until just before the promotion.
            return node.self().isMaster() ? ClusterHealth.whyNotHealthy(nodes) : "it is a replica still";
        });
    }

    /**
     * Waits until a replica has taken the place of a master that was killed or paused.
     *
     * @return the replica that was promoted
     * @throws IllegalArgumentException if no node can be promoted: the master had no replica that runs
     */
    public RedisServer awaitFailover(RedisServer lostMaster) {
        ClusterNode lost = node(lostMaster);
        List<ClusterNode> candidates = awake().filter(node -> node.shard() == lost.shard() && !node.equals(lost))
                .toList();
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(lostMaster + " has no replica that runs: start the cluster with some");
        }
        List<ClusterNode> promoted = new ArrayList<>();
        await("The failover of " + lostMaster, () -> {
            promoted.clear();
            candidates.stream().filter(node -> node.self().isMaster()).forEach(promoted::add);
            return promoted.isEmpty() ? "nobody has taken its place" : ClusterHealth.whyNotHealthy(nodes);
        });
        return promoted.get(0).server();
    }

    /**
     * Waits until the nodes that run and are not paused know each other, agree on who owns what, serve, and have replicas
     * that are not behind.
     */
    public void awaitHealthy() {
        await("A healthy cluster", () -> ClusterHealth.whyNotHealthy(nodes));
    }

    /**
     * Moves a slot with all its keys to another master. Clients are served all the time.
     *
     * @throws IllegalArgumentException if the target is no master or owns the slot already
     */
    public void moveSlot(int slot, RedisServer target) {
        beginMove(slot, target).finish();
    }

    /**
     * Begins to move a slot: the source has all keys still, and sends those who ask for others to the target.
     *
     * @throws IllegalArgumentException if the target is no master or owns the slot already
     */
    public SlotMove beginMove(int slot, RedisServer target) {
        ClusterNode source = ownerOf(slot);
        ClusterNode to = node(target);
        if (source.equals(to)) {
            throw new IllegalArgumentException("Slot " + slot + " is on " + target + " already");
        }
        if (!to.self().isMaster()) {
            throw new IllegalArgumentException(target + " is a replica: a slot can only move to a master");
        }
        SlotMove move = new SlotMove(this, slot, source, to);
        move.begin();
        return move;
    }

    /** Starts one more node, a master that owns no slot yet. */
    public RedisServer addNode() {
        ClusterNode added = startNode(shards++);
        awake().filter(other -> !other.equals(added)).forEach(added::meet);
        awaitHealthy();
        return added.server();
    }

    /**
     * Makes all others forget a node, and closes it.
     *
     * @throws IllegalArgumentException if it owns a slot or has a replica
     */
    public void removeNode(RedisServer server) {
        ClusterNode leaving = node(server);
        int slots = leaving.self().slots().cardinality();
        if (slots > 0) {
            throw new IllegalArgumentException(server + " owns " + slots + " slots: move them away first");
        }
        if (!replicasOf(server).isEmpty()) {
            throw new IllegalArgumentException(server + " has replicas: remove them first");
        }
        nodes.remove(leaving);
        awake().forEach(node -> forget(node, leaving));
        leaving.close();
        awaitHealthy();
    }

    /** Stops every node, each by its own process id, and deletes its files. */
    @Override
    public void close() {
        // First all at once: a node that stops in order would wait for replicas, and others would notice.
        nodes().forEach(RedisServer::kill);
        nodes.forEach(ClusterNode::close);
    }

    @Override
    public String toString() {
        return "RedisCluster" + seeds();
    }

    String kitPassword() {
        return kitPassword;
    }

    List<ClusterNode> mastersBut(ClusterNode... known) {
        return awake().filter(node -> Stream.of(known).noneMatch(node::equals))
                .filter(node -> node.self().isMaster())
                .toList();
    }

    private void form() {
        for (shards = 0; shards < options.masters; shards++) {
            startNode(shards);
        }
        for (int replica = 0; replica < options.replicasPerMaster * options.masters; replica++) {
            startNode(replica % options.masters);
        }
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).server().command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            nodes.subList(0, i).forEach(nodes.get(i)::meet);
        }
        assignSlots();
        await("An acquaintance of all nodes", () -> ClusterHealth.whyNotAcquainted(nodes));
        nodes.subList(options.masters, nodes.size())
                .forEach(replica -> replica.server()
                        .command(
                                "CLUSTER",
                                "REPLICATE",
                                nodes.get(replica.shard()).id()));
        awaitHealthy();
    }

    private void assignSlots() {
        for (int i = 0; i < options.masters; i++) {
            int first = i * ClusterSlot.COUNT / options.masters;
            int last = (i + 1) * ClusterSlot.COUNT / options.masters - 1;
            RedisServer master = nodes.get(i).server();
            master.command("CLUSTER", "ADDSLOTSRANGE", Integer.toString(first), Integer.toString(last));
        }
    }

    private ClusterNode startNode(int shard) {
        RedisServer.Builder builder = RedisServer.builder()
                .clusterNode()
                .kitPassword(kitPassword)
                .setting("cluster-node-timeout", Long.toString(options.nodeTimeout.toMillis()))
                .setting("cluster-allow-replica-migration", "no")
                .setting("repl-diskless-sync-delay", "0")
                .setting("masteruser", RedisServer.KIT_USER)
                .setting("masterauth", kitPassword);
        RedisServer server = options.serverOptions.apply(builder).start();
        try {
            ClusterNode node =
                    options.throughProxies ? ClusterNode.behindProxy(server, shard) : ClusterNode.of(server, shard);
            nodes.add(node);
            return node;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void forget(ClusterNode node, ClusterNode leaving) {
        try {
            node.server().command("CLUSTER", "FORGET", leaving.id());
        } catch (RedisErrorReply e) {
            // Newer servers tell each other, so this one may know it already.
            if (!String.valueOf(e.getMessage()).contains("Unknown node")) {
                throw e;
            }
        }
    }

    private void await(String goal, Await.Condition condition) {
        Await.until(goal, options.timeout, condition);
    }

    private List<RedisServer> servers(Predicate<Member> wanted) {
        return awake().filter(node -> wanted.test(node.self()))
                .map(ClusterNode::server)
                .toList();
    }

    private ClusterNode ownerOf(int slot) {
        ClusterSlot.checked(slot);
        Map<String, Long> claims = new HashMap<>();
        awake().flatMap(node -> node.view().members().stream())
                .filter(member -> member.slots().get(slot))
                .forEach(member -> claims.merge(member.id(), member.configEpoch(), Math::max));
        return claims.entrySet().stream()
                // As the nodes themselves decide whom to believe.
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(claim -> ClusterNode.withId(claim.getKey(), nodes))
                .orElseThrow(() -> new IllegalStateException("No node owns slot " + slot));
    }

    private Stream<ClusterNode> awake() {
        return nodes.stream().filter(node -> node.server().isAwake());
    }

    private ClusterNode node(RedisServer server) {
        return nodes.stream()
                .filter(node -> node.server() == server)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(server + " is no node of this cluster"));
    }

    /** Options for one cluster to start. For one thread. */
    public static final class Builder {
        private int masters = 3;
        private int replicasPerMaster;
        private Duration nodeTimeout = Duration.ofSeconds(2);
        private Duration timeout = Duration.ofSeconds(30);
        private boolean throughProxies;
        private UnaryOperator<RedisServer.Builder> serverOptions = UnaryOperator.identity();

        private Builder() {}

        /** How many masters share the slots; 3 unless told. A failover needs the votes of more than half of them. */
        public Builder masters(int count) {
            masters = atLeast(1, count, "masters");
            return this;
        }

        /** How many replicas each master has; none unless told. */
        public Builder replicasPerMaster(int count) {
            replicasPerMaster = atLeast(0, count, "replicasPerMaster");
            return this;
        }

        /**
         * How long a node must be silent to be taken for failed; 2 seconds unless told. A failover takes about twice as
         * long. A short time finds failures that are none on a busy machine.
         */
        public Builder nodeTimeout(Duration time) {
            nodeTimeout = Objects.requireNonNull(time, "time");
            return this;
        }

        /** How long the start, and every method that waits, waits at most; 30 seconds unless told. */
        public Builder timeout(Duration time) {
            timeout = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Puts a {@link FaultProxy} in front of every node, and makes the nodes announce the proxies: clients never hear of the
         * nodes themselves, whether they ask for the slots or are sent on. The kit and the nodes' own bus, with which they
         * find failures, go past the proxies; replicas follow their master through its proxy.
         */
        public Builder throughProxies() {
            throughProxies = true;
            return this;
        }

        /** Sets options of every node, such as {@code server -> server.password("secret").arguments("--maxmemory", "10mb")}. */
        public Builder eachServer(UnaryOperator<RedisServer.Builder> change) {
            serverOptions = Objects.requireNonNull(change, "change");
            return this;
        }

        /**
         * Starts a cluster, and returns when every node serves and every replica is in sync.
         *
         * @throws IllegalStateException if a node does not start, or the nodes do not find together; none is left running
         */
        public RedisCluster start() {
            return new RedisCluster(this);
        }

        private static int atLeast(int least, int count, String name) {
            if (count < least) {
                throw new IllegalArgumentException(name + " is " + count + ": set at least " + least);
            }
            return count;
        }
    }
}
