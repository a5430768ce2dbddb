package io.cacheservice.testkit.history;

/**
 * A stretch of time between two readings of {@link System#nanoTime()}, both included.
 *
 * @param startNanos its beginning
 * @param endNanos its end, not before the beginning
 */
public record Interval(long startNanos, long endNanos) {
    /** @throws IllegalArgumentException when it ends before it starts */
    public Interval {
        if (endNanos < startNanos) {
            throw new IllegalArgumentException("The interval ends at " + endNanos + ", before its start " + startNanos);
        }
    }

    boolean meets(long fromNanos, long toNanos) {
        return fromNanos <= endNanos && toNanos >= startNanos;
    }
}
