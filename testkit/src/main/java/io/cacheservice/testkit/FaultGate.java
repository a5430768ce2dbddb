package io.cacheservice.testkit;

import java.util.EnumMap;
import java.util.Map;

/** Says for every piece of bytes whether it passes, waits or vanishes; shared by all connections of a proxy. */
final class FaultGate {
    enum Flow {
        PASS,
        HOLD,
        SWALLOW
    }

    private final Map<Direction, Flow> flows = new EnumMap<>(Direction.class);

    FaultGate() {
        passAll();
    }

    synchronized void set(Direction direction, Flow flow) {
        flows.put(direction, flow);
        notifyAll();
    }

    synchronized void release() {
        flows.replaceAll((direction, flow) -> flow == Flow.HOLD ? Flow.PASS : flow);
        notifyAll();
    }

    synchronized void passAll() {
        for (Direction direction : Direction.values()) {
            flows.put(direction, Flow.PASS);
        }
        notifyAll();
    }

    synchronized void close(ProxiedConnection connection) {
        connection.closed = true;
        notifyAll();
    }

    synchronized boolean isClosed(ProxiedConnection connection) {
        return connection.closed;
    }

    /** From now on, nothing passes in this direction of the connection. */
    synchronized void lose(ProxiedConnection connection, Direction direction) {
        connection.lost.add(direction);
    }

    /** Other bytes than those that were sent have passed; more may follow. */
    synchronized void spoil(ProxiedConnection connection) {
        connection.spoilt = true;
    }

    /** Whether its receivers got something else than was sent. */
    synchronized boolean hasLost(ProxiedConnection connection) {
        return connection.spoilt || !connection.lost.isEmpty();
    }

    /**
     * Waits while the direction is held, then says whether the bytes, or the end of the stream, may go on. Once something
     * was swallowed, everything that follows it is too: half a stream is worse than none.
     */
    synchronized boolean admits(ProxiedConnection connection, Direction direction) {
        try {
            while (flows.get(direction) == Flow.HOLD && !connection.closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (flows.get(direction) == Flow.SWALLOW) {
            connection.lost.add(direction);
        }
        return !connection.closed && !connection.lost.contains(direction);
    }
}
