package io.cacheservice.redis;

import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.FailedOutcome;
import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.topology.MasterVote;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.protocol.CommandType;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A master that Sentinels watch, and replace when it fails.
 *
 * <p>They are asked every second, at once when one of them announces a switch, and whenever the master is lost, stays silent
 * or refuses ({@link Watch}). The announcement counts: after a failover by hand the old master takes writes for some ten
 * seconds more, and loses them all. A server that says of itself that it is no master is not used, whatever a Sentinel says.
 */
final class SentinelRouting implements Routing, Trouble {
    private static final System.Logger LOG = System.getLogger("io.cacheservice.redis");

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final NodeFactory factory;
    private final Sentinels sentinels;
    private final Budgets budgets;
    private final Watch watch;
    private volatile @Nullable Node master;
    private final Map<NodeAddress, Node> replicas = new ConcurrentHashMap<>();
    private final Placement placement = new MasterOfReplicas();
    private boolean closed;

    SentinelRouting(NodeFactory factory, Sentinels sentinels, EventExecutorGroup executor, Budgets budgets) {
        this.factory = factory;
        this.sentinels = sentinels;
        this.budgets = budgets;
        this.watch = new Watch(executor, INTERVAL, () -> ask(budgets.nanos(Access.TOPOLOGY)));
    }

    @Override
    public void suspected() {
        watch.suspected();
    }

    @Override
    public void start() {
        sentinels.onSwitch(watch::changed);
        ask(budgets.connectNanos()).toCompletableFuture().join();
        Node found = master;
        CacheConfigException unknown = sentinels.unknownMaster();
        if (found == null && unknown != null) {
            throw unknown;
        }
        if (found == null) {
            watch.suspected();
        } else {
            found.awaitUnlessUnreachable();
            watch.start();
        }
    }

    @Override
    public void submit(KeyRequest<?> request) {
        Node now = master;
        if (now == null) {
            request.completeExceptionally(new CacheConnectionException(
                    sentinels.silence() + ". Nothing was sent; the service keeps asking", FailedOutcome.NOT_APPLIED));
            watch.suspected();
        } else {
            now.submit(request);
        }
    }

    @Override
    public @Nullable Node replica(byte[] key) {
        List<NodeAddress> copies = sentinels.replicas();
        int first = copies.isEmpty() ? 0 : ThreadLocalRandom.current().nextInt(copies.size());
        for (int i = 0; i < copies.size(); i++) {
            NodeAddress address = copies.get((first + i) % copies.size());
            Node copy = replicas.computeIfAbsent(address, absent -> factory.replica(absent, Greeting.NONE));
            if (!copy.isAway()) {
                return copy;
            }
        }
        return null;
    }

    @Override
    public @Nullable Onward onward(String error, NodeAddress from) {
        if (Refusal.of(error).isAboutTopology()) {
            watch.suspected();
        }
        return null;
    }

    @Override
    public @Nullable LaneSlot sharedLane(byte[] key) {
        Node now = master;
        return now == null ? null : now.lane(key);
    }

    @Override
    public List<Node> holders() {
        Node now = master;
        return now == null ? List.of() : List.of(now);
    }

    @Override
    public List<ConnectionStats> connections() {
        Node now = master;
        List<ConnectionStats> all = new ArrayList<>(now == null ? List.of() : now.connections());
        replicas.values().forEach(replica -> all.addAll(replica.connections()));
        return List.copyOf(all);
    }

    @Override
    public CompletableFuture<@Nullable Void> close() {
        watch.close();
        sentinels.close();
        Node last;
        synchronized (this) {
            closed = true;
            last = master;
        }
        List<Node> all = new ArrayList<>(replicas.values());
        if (last != null) {
            all.add(last);
        }
        return Node.closeAll(all);
    }

    private CompletionStage<Boolean> ask(long limitNanos) {
        return sentinels.votes(limitNanos).thenApply(votes -> {
            NodeAddress elected = MasterVote.elect(votes);
            retireReplicas();
            return elected != null && !follow(elected).isAway();
        });
    }

    private void retireReplicas() {
        List<NodeAddress> wanted = sentinels.replicas();
        for (NodeAddress address : List.copyOf(replicas.keySet())) {
            Node gone = wanted.contains(address) ? null : replicas.remove(address);
            if (gone != null) {
                var unused = gone.close(
                        () -> Failures.notConnected(address.toString(), "it is no longer a healthy replica"));
            }
        }
    }

    private synchronized Node follow(NodeAddress elected) {
        Node now = master;
        if (now != null && now.address().equals(elected)) {
            return now;
        }
        Node next = factory.node(elected, SentinelRouting::requireMaster, placement, this);
        if (closed) {
            var unused = next.close(Failures::closed);
            return next;
        }
        if (now != null) {
            factory.tookOver(key -> true);
        }
        master = next;
        next.open();
        if (now != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "The Sentinels name a new master: " + elected + " instead of " + now.address());
            // it may not know yet that it is no master, and would answer with what is no longer so
            var unused = now.close(() -> Failures.notConnected(now.address().toString(), "it is no longer the master"));
        }
        return next;
    }

    private final class MasterOfReplicas implements Placement {
        @Override
        public boolean hasReplicas() {
            return sentinels.hasReplicas();
        }

        @Override
        public String canaryTag() {
            return "";
        }

        @Override
        public void refused(String error) {
            suspected();
        }
    }

    private static CompletionStage<?> requireMaster(Lane lane, @Nullable String serverInfo) {
        String where = lane.address().toString();
        return SetupRequest.send(lane, where, "ROLE", CommandType.ROLE, new BoundedArrayOutput(), Request.args())
                .handle((reply, failure) -> {
                    if (failure != null && SetupRequest.refusal(failure) == null) {
                        throw OpeningFailure.of(where, failure);
                    }
                    // who may not see the role relies on the Sentinels
                    if (failure == null && !"master".equals(ProbeVerdict.roleIn(reply))) {
                        throw OpeningFailure.notMaster(where);
                    }
                    return reply;
                });
    }
}
