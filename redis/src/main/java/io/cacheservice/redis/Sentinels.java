package io.cacheservice.redis;

import io.cacheservice.CacheConfigException;
import io.cacheservice.redis.internal.topology.MasterVote;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ListOfMapsOutput;
import io.lettuce.core.output.MapOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Sentinels that watch one master: those that were named, and those that they name. Each is asked over a connection
 * that is kept while it lasts. Safe for use by many threads.
 */
final class Sentinels {
    private static final String UNKNOWN_MASTER = "No such master";
    private static final String SWITCHES = "+switch-master";

    private final Connector connector;
    private final String master;
    private final List<NodeAddress> named;
    private final Set<NodeAddress> known = ConcurrentHashMap.newKeySet();
    private volatile List<NodeAddress> replicas = List.of();
    private volatile boolean hasReplicas;
    private final Map<NodeAddress, CompletableFuture<StatefulRedisPubSubConnection<String, String>>> connections =
            new ConcurrentHashMap<>();
    private volatile Runnable switched = () -> {};
    private volatile @Nullable String lastError;
    private volatile boolean unknownMaster;

    Sentinels(Connector connector, List<NodeAddress> named, String master) {
        this.connector = connector;
        this.named = List.copyOf(named);
        this.master = master;
        known.addAll(named);
    }

    /**
     * What each says that answers in time; never fails.
     *
     * @param limitNanos how long one Sentinel has, connecting included
     */
    CompletableFuture<List<MasterVote>> votes(long limitNanos) {
        unknownMaster = false;
        List<CompletableFuture<@Nullable MasterVote>> asked = new ArrayList<>();
        known.forEach(sentinel -> asked.add(vote(sentinel, limitNanos)));
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> {
                    List<MasterVote> votes = new ArrayList<>();
                    for (CompletableFuture<@Nullable MasterVote> answer : asked) {
                        MasterVote vote = answer.join();
                        if (vote != null) {
                            votes.add(vote);
                        }
                    }
                    return votes;
                });
    }

    /** What to do, on an event loop, when one of them announces another master; set before the first question. */
    void onSwitch(Runnable action) {
        switched = action;
    }

    /** The replicas that the Sentinel which answered last takes for healthy. */
    List<NodeAddress> replicas() {
        return replicas;
    }

    /** Whether the master has replicas, healthy or not: one that is called down may only be out of that Sentinel's reach. */
    boolean hasReplicas() {
        return hasReplicas;
    }

    /** Why nobody said anything, for users. */
    String silence() {
        String error = lastError;
        return "no Sentinel of " + named + " names the master '" + master + "'" + (error == null ? "" : ": " + error);
    }

    /** What is wrong with the name of the master, when a Sentinel said so and none knew it. */
    @Nullable
    CacheConfigException unknownMaster() {
        return unknownMaster
                ? new CacheConfigException("sentinelMaster = " + master + " is a name that the Sentinels at " + named
                        + " do not know: take the one of their line 'sentinel monitor'")
                : null;
    }

    void close() {
        connections.values().forEach(Sentinels::closeWhenConnected);
    }

    private CompletableFuture<@Nullable MasterVote> vote(NodeAddress sentinel, long limitNanos) {
        return connection(sentinel)
                .thenCompose(connection -> {
                    var unusedOthers = list(connection, "SENTINELS").thenAccept(this::meet);
                    var unusedReplicas = list(connection, "REPLICAS").thenAccept(this::learnReplicas);
                    return connection
                            .async()
                            .dispatch(
                                    CommandType.SENTINEL,
                                    new MapOutput<>(StringCodec.UTF8),
                                    new CommandArgs<>(StringCodec.UTF8)
                                            .add("MASTER")
                                            .add(master))
                            .toCompletableFuture();
                })
                .thenApply(Sentinels::vote)
                .orTimeout(limitNanos, TimeUnit.NANOSECONDS)
                .exceptionally(failure -> {
                    failed(sentinel, failure);
                    return null;
                });
    }

    private CompletableFuture<StatefulRedisPubSubConnection<String, String>> connection(NodeAddress sentinel) {
        return connections.compute(sentinel, (address, last) -> {
            boolean open = last != null
                    && !last.isCompletedExceptionally()
                    && (!last.isDone() || last.join().isOpen());
            return open ? last : listening(connector.connectToSentinel(address).toCompletableFuture());
        });
    }

    private CompletableFuture<StatefulRedisPubSubConnection<String, String>> listening(
            CompletableFuture<StatefulRedisPubSubConnection<String, String>> connecting) {
        return connecting.thenApply(connection -> {
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    if (message.startsWith(master + " ")) {
                        switched.run();
                    }
                }
            });
            var unused = connection.async().subscribe(SWITCHES);
            return connection;
        });
    }

    private static @Nullable MasterVote vote(Map<String, String> fields) {
        NodeAddress address = address(fields);
        String epoch = fields.getOrDefault("config-epoch", "0");
        return address == null ? null : new MasterVote(address, Long.parseLong(epoch));
    }

    private CompletionStage<List<Map<String, String>>> list(
            StatefulRedisPubSubConnection<String, String> connection, String what) {
        return connection
                .async()
                .dispatch(
                        CommandType.SENTINEL,
                        new ListOfMapsOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).add(what).add(master));
    }

    private void meet(List<Map<String, String>> others) {
        for (Map<String, String> other : others) {
            NodeAddress address = address(other);
            if (address != null) {
                known.add(address);
            }
        }
    }

    private void learnReplicas(List<Map<String, String>> all) {
        List<NodeAddress> healthy = new ArrayList<>();
        for (Map<String, String> one : all) {
            NodeAddress address = address(one);
            if (address != null && one.getOrDefault("flags", "").equals("slave")) {
                healthy.add(address);
            }
        }
        replicas = List.copyOf(healthy);
        hasReplicas = !all.isEmpty();
    }

    private static @Nullable NodeAddress address(Map<String, String> fields) {
        return NodeAddress.parse(bracketed(fields.get("ip")) + ":" + fields.get("port"));
    }

    private static void closeWhenConnected(
            CompletableFuture<StatefulRedisPubSubConnection<String, String>> connecting) {
        var unused = connecting.thenCompose(StatefulRedisPubSubConnection::closeAsync);
    }

    private static String bracketed(@Nullable String host) {
        return host == null || host.indexOf(':') < 0 ? String.valueOf(host) : "[" + host + "]";
    }

    private void failed(NodeAddress sentinel, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof RedisCommandExecutionException && message.contains(UNKNOWN_MASTER)) {
            unknownMaster = true;
        }
        lastError = String.valueOf(
                OpeningFailure.of(sentinel.toString(), cause).told().getMessage());
        if (!(cause instanceof RedisCommandExecutionException)) {
            forget(sentinel);
        }
    }

    /** A connection that did not answer in time is not asked again; one that was only met is met again if it lives. */
    private void forget(NodeAddress sentinel) {
        CompletableFuture<StatefulRedisPubSubConnection<String, String>> gone = connections.remove(sentinel);
        if (gone != null) {
            closeWhenConnected(gone);
        }
        if (!named.contains(sentinel)) {
            known.remove(sentinel);
        }
    }
}
