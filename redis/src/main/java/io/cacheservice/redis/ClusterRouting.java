package io.cacheservice.redis;

import io.cacheservice.CacheConfigException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.topology.ClusterView;
import io.cacheservice.redis.internal.topology.KeySlot;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.cacheservice.redis.internal.topology.Redirect;
import io.cacheservice.redis.internal.topology.SlotMap;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis Cluster: each slot has an owner, and owners change.
 *
 * <p>Who owns what is asked of several nodes now and then and whenever a node redirects, is lost, stays silent or refuses
 * ({@link Watch}); a redirection counts at once for its slot. A request that was refused with one goes on to the node named.
 */
final class ClusterRouting implements Routing, Trouble {
    private static final System.Logger LOG = System.getLogger("io.cacheservice.redis");
    private static final int MOST_ASKED = 5;
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final NodeFactory factory;
    private final List<NodeAddress> seeds;
    private final EventExecutorGroup executor;
    private final Budgets budgets;
    private final TimeSource time;
    private final Random random = new Random();
    private final Map<NodeAddress, Node> nodes = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable Node> owners = new AtomicReferenceArray<>(KeySlot.COUNT);
    /** Who accepted changes of a slot last; stays while nobody is known to own it. */
    private final AtomicReferenceArray<@Nullable NodeAddress> lastOwners = new AtomicReferenceArray<>(KeySlot.COUNT);

    private final Map<NodeAddress, Node> replicas = new ConcurrentHashMap<>();
    private final Map<NodeAddress, Placement> placements = new ConcurrentHashMap<>();
    private final Map<NodeAddress, ClusterView> views = new ConcurrentHashMap<>();
    private final AtomicBoolean complained = new AtomicBoolean();
    private final Watch watch;
    private volatile SlotMap map = SlotMap.EMPTY;
    private volatile boolean notACluster;
    private volatile boolean closed;

    ClusterRouting(
            NodeFactory factory,
            List<NodeAddress> seeds,
            EventExecutorGroup executor,
            Budgets budgets,
            TimeSource time) {
        this.factory = factory;
        this.seeds = List.copyOf(seeds);
        this.executor = executor;
        this.budgets = budgets;
        this.time = time;
        this.watch = new Watch(executor, INTERVAL, this::ask);
    }

    /** Takes over a node that is connected already. */
    void adopt(Node node) {
        nodes.put(node.address(), node);
    }

    @Override
    public void suspected() {
        watch.suspected();
    }

    @Override
    public void start() {
        seeds.forEach(seed -> node(seed).open());
        for (NodeAddress seed : seeds) {
            Node node = node(seed);
            node.awaitOneUnlessUnreachable();
            if (!node.isAway()) {
                break;
            }
        }
        boolean settled = ask().toCompletableFuture().join();
        if (notACluster) {
            throw new CacheConfigException(
                    "topology = cluster (or several nodes), but " + seeds + " is no part of a Cluster:"
                            + " name one server and set topology = standalone, or set topology = shards for servers that know nothing"
                            + " of each other, or sentinelMaster for Sentinels");
        }
        if (settled) {
            map.owners().stream().map(this::node).forEach(Node::open);
            map.owners().stream().map(this::node).forEach(Node::awaitUnlessUnreachable);
            watch.start();
        } else {
            watch.suspected();
        }
    }

    @Override
    public void submit(KeyRequest<?> request) {
        int slot = KeySlot.of(request.key());
        request.inSlot(slot);
        Node owner = owners.get(slot);
        (owner == null ? anybody() : owner).submit(request);
    }

    @Override
    public @Nullable Node replica(byte[] key) {
        NodeAddress owner = map.owner(KeySlot.of(key));
        List<NodeAddress> copies = owner == null ? List.of() : map.replicas(owner);
        int first = copies.isEmpty() ? 0 : random.nextInt(copies.size());
        for (int i = 0; i < copies.size(); i++) {
            Node copy = replicas.computeIfAbsent(
                    copies.get((first + i) % copies.size()),
                    address -> factory.replica(address, ClusterRouting::readOnly));
            if (!copy.isAway()) {
                return copy;
            }
        }
        return null;
    }

    /** A replica answers reads of its master's slots only on connections that say so. */
    private static CompletionStage<?> readOnly(Lane lane, @Nullable String serverInfo) {
        return SetupRequest.send(
                lane,
                lane.address().toString(),
                "READONLY",
                CommandType.READONLY,
                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                Request.args());
    }

    @Override
    public @Nullable Onward onward(String error, NodeAddress from) {
        Redirect redirect = Redirect.parse(error, from);
        if (redirect == null) {
            if (Refusal.of(error).isAboutTopology()) {
                suspected();
            }
            return null;
        }
        Node to = node(redirect.to());
        if (redirect.kind() == Redirect.Kind.MOVED) {
            if (isAnother(redirect.slot(), redirect.to())) {
                factory.tookOver(key -> KeySlot.of(key) == redirect.slot());
            }
            owns(redirect.slot(), to);
            node(from).slotLeft(redirect.slot());
            suspected();
        }
        return new Onward(to, redirect.kind() == Redirect.Kind.ASK);
    }

    @Override
    public List<Node> holders() {
        return map.owners().stream().map(this::node).toList();
    }

    @Override
    public OptionalInt slot(byte[] key) {
        return OptionalInt.of(KeySlot.of(key));
    }

    @Override
    public List<ConnectionStats> connections() {
        return Stream.concat(nodes.values().stream(), replicas.values().stream())
                .flatMap(node -> node.connections().stream())
                .toList();
    }

    @Override
    public CompletableFuture<@Nullable Void> close() {
        watch.close();
        closed = true;
        return CompletableFuture.allOf(Node.closeAll(nodes.values()), Node.closeAll(replicas.values()));
    }

    private Node node(NodeAddress address) {
        Node known = nodes.get(address);
        if (known != null) {
            return known;
        }
        Node node =
                nodes.computeIfAbsent(address, absent -> factory.node(absent, Greeting.NONE, placement(absent), this));
        if (closed) {
            var unused = node.close(Failures::closed);
        }
        return node;
    }

    /** Whoever is there: he answers for a slot of which no owner is known, or redirects. */
    private Node anybody() {
        for (Node node : nodes.values()) {
            if (!node.isAway()) {
                return node;
            }
        }
        return node(seeds.get(random.nextInt(seeds.size())));
    }

    // ------------------------------------------------------------------------------------ who owns what

    /** Asks some of the nodes; each answer counts as it comes. Whether all is well. */
    private CompletionStage<Boolean> ask() {
        List<Node> asked = new ArrayList<>(nodes.values());
        Collections.shuffle(asked, random);
        asked.removeIf(Node::isAway);
        asked.subList(Math.min(MOST_ASKED, asked.size()), asked.size()).clear();
        if (asked.isEmpty()) {
            seeds.forEach(seed -> asked.add(node(seed)));
        }
        List<CompletableFuture<@Nullable ClusterView>> answers = new ArrayList<>();
        for (Node node : asked) {
            answers.add(askOne(node));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> settle(asked, answers));
    }

    private CompletableFuture<@Nullable ClusterView> askOne(Node node) {
        ClusterViewRequest request = new ClusterViewRequest(time.nanoTime() + budgets.nanos(Access.TOPOLOGY));
        node.ask(request);
        return request.handleAsync(
                (view, failure) -> {
                    if (view != null) {
                        views.put(node.address(), view);
                        apply(SlotMap.of(List.copyOf(views.values())));
                    } else if (failure != null) {
                        unanswered(failure);
                    }
                    return view;
                },
                executor);
    }

    private boolean settle(List<Node> asked, List<CompletableFuture<@Nullable ClusterView>> answers) {
        Set<NodeAddress> answered = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            if (answers.get(i).getNow(null) != null) {
                answered.add(asked.get(i).address());
            }
        }
        if (answered.isEmpty()) {
            forgetThoseAway();
            return false;
        }
        // what was not said again counts no longer
        views.keySet().retainAll(answered);
        SlotMap settled = SlotMap.of(List.copyOf(views.values()));
        apply(settled);
        retireAllBut(settled);
        return settled.uncovered() == 0
                && settled.owners().stream().noneMatch(owner -> node(owner).isAway());
    }

    /** Whoever is left is asked for their slots and redirects: all there is to go by when nobody tells who owns what. */
    private void forgetThoseAway() {
        for (int slot = 0; slot < KeySlot.COUNT; slot++) {
            Node owner = owners.get(slot);
            if (owner != null && owner.isAway()) {
                owns(slot, null);
            }
        }
        Set<NodeAddress> named = Set.copyOf(seeds);
        nodes.values().stream()
                .filter(node -> node.isAway() && !named.contains(node.address()))
                .forEach(node -> retire(node.address()));
    }

    private synchronized void apply(SlotMap found) {
        tellOfNewOwners(found);
        map = found;
        for (int slot = 0; slot < KeySlot.COUNT; slot++) {
            NodeAddress owner = found.owner(slot);
            owns(slot, owner == null ? null : node(owner));
        }
        found.owners().forEach(owner -> node(owner).open());
    }

    /** Before any is asked: who took over from one that was lost may never have heard of its last changes. */
    private void tellOfNewOwners(SlotMap found) {
        BitSet changed = new BitSet(KeySlot.COUNT);
        for (int slot = 0; slot < KeySlot.COUNT; slot++) {
            NodeAddress owner = found.owner(slot);
            changed.set(slot, owner != null && isAnother(slot, owner));
        }
        if (!changed.isEmpty()) {
            factory.tookOver(key -> changed.get(KeySlot.of(key)));
        }
    }

    private boolean isAnother(int slot, NodeAddress owner) {
        NodeAddress last = lastOwners.get(slot);
        return last != null && !last.equals(owner);
    }

    /** What was read of the slot at its owner before is vouched for by nobody. */
    private void owns(int slot, @Nullable Node owner) {
        if (owner != null) {
            lastOwners.set(slot, owner.address());
        }
        Node before = owners.getAndSet(slot, owner);
        if (before != null && before != owner) {
            before.slotLeft(slot);
        }
    }

    Placement placement(NodeAddress address) {
        return placements.computeIfAbsent(address, of -> new ClusterPlacement(of, this));
    }

    /** Whether the server at {@code address} owns {@code slot}, by what was heard last. */
    boolean owns(NodeAddress address, int slot) {
        Node owner = owners.get(slot);
        return owner != null && owner.address().equals(address);
    }

    /** Whether others follow the server at {@code address}. */
    boolean hasReplicas(NodeAddress address) {
        return !map.replicas(address).isEmpty();
    }

    private void unanswered(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        notACluster |= message.contains("cluster support disabled");
        if (message.contains("NOPERM") && complained.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    message
                            + ". Until then only redirections tell who owns what: grant +cluster|nodes and +cluster|slots");
        }
    }

    // ------------------------------------------------------------------------------------ who left

    /** A node that owns nothing is left alone for a while, so that what was on its way to it still gets there. */
    private void retireAllBut(SlotMap wanted) {
        long graceMillis = Failures.millis(2 * Math.max(budgets.readNanos(), budgets.writeNanos()));
        for (NodeAddress address : List.copyOf(replicas.keySet())) {
            if (!wanted.isReplica(address)) {
                Node gone = replicas.remove(address);
                if (gone != null) {
                    var unused =
                            gone.close(() -> Failures.notConnected(address.toString(), "it is no longer a replica"));
                }
            }
        }
        for (NodeAddress address : List.copyOf(nodes.keySet())) {
            if (!wanted.owners().contains(address)) {
                var unused = executor.schedule(() -> retire(address), graceMillis, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void retire(NodeAddress address) {
        Node node = nodes.get(address);
        if (node == null || map.owners().contains(address)) {
            return;
        }
        nodes.remove(address);
        views.remove(address);
        placements.remove(address);
        var unused = node.close(() -> Failures.notConnected(address.toString(), "it left the Cluster"));
    }
}
