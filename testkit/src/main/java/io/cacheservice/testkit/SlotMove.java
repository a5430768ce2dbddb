package io.cacheservice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * A slot of a {@link RedisCluster} on its way from one master to another, step by step, so that a test can look at every
 * stage: while it is under way, the source answers ASK for the keys that it has no longer, the target serves the keys that
 * it has to those who say ASKING, and a command with keys on both sides gets TRYAGAIN.
 *
 * <pre>{@code
 * SlotMove move = cluster.beginMove(slot, target);
 * move.moveKeys(10);
 * // the slot is now in two halves
 * move.finish();
 * }</pre>
 *
 * <p>For one thread.
 */
public final class SlotMove {
    private static final int BATCH = 100;
    private static final String TIMEOUT_MILLIS = "5000";

    private final RedisCluster cluster;
    private final int slot;
    private final ClusterNode source;
    private final ClusterNode target;

    SlotMove(RedisCluster cluster, int slot, ClusterNode source, ClusterNode target) {
        this.cluster = cluster;
        this.slot = slot;
        this.source = source;
        this.target = target;
    }

    void begin() {
        target.setSlot(slot, "IMPORTING", source.id());
        source.setSlot(slot, "MIGRATING", target.id());
    }

    /** The slot that moves. */
    public int slot() {
        return slot;
    }

    /** The master that gives the slot away; it is still the owner until {@link #finish()}. */
    public RedisServer source() {
        return source.server();
    }

    /** The master that gets the slot. */
    public RedisServer target() {
        return target.server();
    }

    /**
     * Moves some keys of the slot, each atomically, in an order that the server chooses.
     *
     * @return how many were moved: fewer than {@code atMost} only if none is left
     */
    public int moveKeys(int atMost) {
        int moved = 0;
        while (moved < atMost) {
            List<byte[]> keys = keysLeft(Math.min(BATCH, atMost - moved));
            if (keys.isEmpty()) {
                break;
            }
            migrate(keys);
            moved += keys.size();
        }
        return moved;
    }

    /** Moves the keys that are left, makes the target the owner, and waits until every node knows it. */
    public void finish() {
        moveKeys(Integer.MAX_VALUE);
        // The target first: should a client be sent on by the source, somebody owns the slot by then.
        target.setSlot(slot, "NODE", target.id());
        source.setSlot(slot, "NODE", target.id());
        cluster.mastersBut(source, target).forEach(master -> master.setSlot(slot, "NODE", target.id()));
        cluster.awaitHealthy();
    }

    private List<byte[]> keysLeft(int atMost) {
        List<byte[]> keys = new ArrayList<>();
        Object reply = source.server()
                .commandBytes(RespConnection.encode(
                        "CLUSTER", "GETKEYSINSLOT", Integer.toString(slot), Integer.toString(atMost)));
        if (reply instanceof List<?> found) {
            found.forEach(key -> keys.add((byte[]) key));
        }
        return keys;
    }

    private void migrate(List<byte[]> keys) {
        List<byte[]> words = new ArrayList<>(List.of(RespConnection.encode(
                "MIGRATE",
                LoopbackPort.address().getHostAddress(),
                Integer.toString(target.server().port()),
                "",
                "0",
                TIMEOUT_MILLIS,
                "REPLACE",
                "AUTH2",
                RedisServer.KIT_USER,
                cluster.kitPassword())));
        words.add("KEYS".getBytes(UTF_8));
        words.addAll(keys);
        source.server().commandBytes(words.toArray(byte[][]::new));
    }

    @Override
    public String toString() {
        return "SlotMove[slot=" + slot + ", from=" + source() + ", to=" + target() + "]";
    }
}
