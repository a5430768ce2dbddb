package io.cacheservice.redis;

import io.cacheservice.ConnectionStats;
import io.cacheservice.redis.internal.topology.NodeAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Which server holds a key, as it is known now. Safe for use by many threads; nothing here waits but {@link #start}. */
interface Routing {
    /**
     * Connects as far as {@code minIdleConns} asks. Waits for the first try and returns whether or not Redis is there.
     *
     * @throws RuntimeException what somebody has to put right before trying again can help
     */
    void start();

    /** Sends a request to the server that holds its key; fails it when that server is known to be away. */
    void submit(KeyRequest<?> request);

    /** A replica of the server that holds {@code key}, which seems to be there; null: none is known. */
    default @Nullable Node replica(byte[] key) {
        return null;
    }

    /**
     * Learns from an error reply.
     *
     * @param from who answered
     * @return where the request is to be sent instead; null: the error is its answer
     */
    @Nullable
    Onward onward(String error, NodeAddress from);

    /** The servers that hold keys of their own, as far as is known: each key is at one of them. */
    List<Node> holders();

    /**
     * The lane that carries {@code key}; reads of keys with the same one may be a single command. Null: none is known now, or
     * each key travels alone.
     */
    default @Nullable LaneSlot sharedLane(byte[] key) {
        return null;
    }

    /** The hash slot of {@code key}; empty where there are none. */
    default OptionalInt slot(byte[] key) {
        return OptionalInt.empty();
    }

    /** The connections to all servers. */
    List<ConnectionStats> connections();

    /** Ends the connections; requests under way fail. Completes when they are closed. */
    CompletableFuture<@Nullable Void> close();
}
