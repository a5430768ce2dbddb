package io.cacheservice;

import java.time.Duration;

/**
 * How {@link Cache#put} and {@link Cache#remove} reach the source of a cache that has a {@link SourceWriter}.
 *
 * <p>Immutable; two strategies are equal when they act alike.
 */
public sealed interface Writes {
    /**
     * The source first, then the cache; the call returns when both have it. While the source is written, readers of the key
     * wait. Of two writers at once, in whatever processes, the cache ends with the value that the source ended with, or with
     * none.
     */
    record Through() implements Writes {}

    /** The source only; the cache forgets the key, and the next read loads it. For what is written more often than read. */
    record Around() implements Writes {}

    /** The source, and then the cache loads the key anew, before anybody asks: for sources that change what they store. */
    record Reloading() implements Writes {}

    /**
     * The cache at once, the source later, in batches: the call returns before the source has it.
     *
     * <p>Of one key the newest value is written, in the order of the calls; a write that fails is repeated until it succeeds.
     * Reads of this process see the new value at once, whatever happens to the entry. Reads of other processes may see the
     * old one where the entry is evicted before the source has the new one: the bounds on staleness do not hold for such a
     * cache. <b>What the source has not got is lost</b> when the process dies, and when it is closed and the source does not
     * take it within {@code closeTimeout}: what was lost then is logged, key by key.
     *
     * @param delay how long a write waits for others at most
     * @param maxBatch how many keys are written at once
     * @param maxPending how many keys wait at most; beyond that, calls write through
     * @param closeTimeout how long closing the service waits for the source
     */
    record Behind(Duration delay, int maxBatch, int maxPending, Duration closeTimeout) implements Writes {
        /** A delay of 1 ms to an hour, batches of 1 to 10,000, and room for at least one batch. */
        public Behind {
            if (delay.compareTo(Duration.ofMillis(1)) < 0 || delay.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("delay " + delay + " is refused: expected 1 ms to 1 hour");
            }
            if (maxBatch < 1 || maxBatch > 10_000) {
                throw new IllegalArgumentException("maxBatch " + maxBatch + " is refused: expected 1 to 10000");
            }
            if (maxPending < maxBatch) {
                throw new IllegalArgumentException(
                        "maxPending " + maxPending + " is refused: expected at least maxBatch, " + maxBatch);
            }
            if (closeTimeout.isNegative() || closeTimeout.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException(
                        "closeTimeout " + closeTimeout + " is refused: expected 0 to 1 hour");
            }
        }
    }

    /** See {@link Through}. */
    static Writes through() {
        return new Through();
    }

    /** See {@link Around}. */
    static Writes around() {
        return new Around();
    }

    /** See {@link Reloading}. */
    static Writes reloading() {
        return new Reloading();
    }

    /** See {@link Behind}: batches of 100, 10,000 keys that wait, 5 seconds at the end. */
    static Writes behind(Duration delay) {
        return new Behind(delay, 100, 10_000, Duration.ofSeconds(5));
    }
}
