package io.cacheservice.redis;

import io.cacheservice.CacheException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.ListeningConnection;
import io.cacheservice.redis.internal.topology.NodeAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One server, reached over a fixed number of lanes.
 *
 * <p>A key always takes the same lane, chosen by its hash, and a lane sends in the order of the calls: so commands for one
 * key are carried out in that order (but see {@link ScriptRequest}). Safe for use by many threads.
 */
final class Node {
    private final NodeAddress address;
    private final List<LaneSlot> slots;
    private final LaneSlot bystander;
    private final int kept;
    private final NodeBreaker breaker;

    /**
     * @param bystander the lane for what must not be tracked; opened when it is first used
     * @param kept how many lanes are opened at once; the others are when they are first used
     */
    Node(NodeAddress address, List<LaneSlot> slots, LaneSlot bystander, int kept, NodeBreaker breaker) {
        this.address = address;
        this.slots = List.copyOf(slots);
        this.bystander = bystander;
        this.kept = kept;
        this.breaker = breaker;
    }

    NodeAddress address() {
        return address;
    }

    /** Sends a request, or fails it at once while the server is left alone. */
    void submit(KeyRequest<?> request) {
        if (!breaker.admits(request)) {
            request.completeExceptionally(breaker.refusal());
        } else if (request.isBystander()) {
            bystander.submit(request);
        } else {
            lane(request.key()).submit(request);
        }
    }

    /** The place of the lane that carries what is about {@code key}. */
    LaneSlot lane(byte[] key) {
        int hash = Arrays.hashCode(key);
        return slots.get(Math.floorMod(hash ^ (hash >>> 16), slots.size()));
    }

    /** Sends what is about the server and not about a key. */
    void ask(Request<?> request) {
        slots.get(0).submit(request);
    }

    /** Opens the lanes that are kept open, if nobody has yet; does not wait. */
    void open() {
        slots.subList(0, kept).forEach(LaneSlot::startOpening);
    }

    /** As {@link #open()}, and waits: what is refused for good is thrown, what is merely away is not. */
    void awaitUnlessUnreachable() {
        await(slots.subList(0, kept));
    }

    /** The same for one lane, which is needed even where none is kept. */
    void awaitOneUnlessUnreachable() {
        await(slots.subList(0, 1));
    }

    private static void await(List<LaneSlot> opening) {
        for (LaneSlot slot : opening) {
            try {
                slot.open().join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof OpeningFailure failure && failure.isLasting()) {
                    throw failure.told();
                }
            }
        }
    }

    /** Whether the last try to connect failed. */
    boolean isAway() {
        return slots.get(0).isDown();
    }

    /** What its lanes vouch for. */
    Stream<ListeningConnection> listening() {
        return slots.stream().map(LaneSlot::listening).flatMap(Stream::ofNullable);
    }

    /** It is another than was thought: nothing that was read there is vouched for. */
    void distrust() {
        slots.forEach(LaneSlot::distrust);
    }

    /** It no longer owns {@code slot} of its Cluster. */
    void slotLeft(int slot) {
        slots.forEach(lanes -> lanes.slotLeft(slot));
    }

    List<ConnectionStats> connections() {
        List<ConnectionStats> lanes = slots.stream().map(this::stats).toList();
        ConnectionStats besides = stats(bystander);
        return besides.state() == ConnectionStats.State.IDLE
                ? lanes
                : Stream.concat(lanes.stream(), Stream.of(besides)).toList();
    }

    private ConnectionStats stats(LaneSlot slot) {
        ConnectionStats stats = slot.stats();
        return stats.state() == ConnectionStats.State.READY && breaker.isOpen()
                ? new ConnectionStats(
                        stats.name(),
                        ConnectionStats.State.TRIPPED,
                        stats.pending(),
                        stats.opened(),
                        "it does not answer in time and is left alone")
                : stats;
    }

    /** Ends the lanes; requests fail with {@code why} from now on. Completes when the connections are closed. */
    CompletableFuture<@Nullable Void> close(Supplier<CacheException> why) {
        return CompletableFuture.allOf(Stream.concat(slots.stream(), Stream.of(bystander))
                .map(slot -> slot.close(why))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Ends the lanes of all, because the service ends. */
    static CompletableFuture<@Nullable Void> closeAll(Collection<Node> nodes) {
        return CompletableFuture.allOf(
                nodes.stream().map(node -> node.close(Failures::closed)).toArray(CompletableFuture<?>[]::new));
    }
}
