package io.cacheservice.internal.refresh;

/**
 * A load that failed, as it is remembered.
 *
 * @param cause what the loader threw; shared: each caller gets an exception of its own around it
 * @param failuresInARow how many loads of the key have failed since the last that did not; 1 for the first
 * @param untilNanos no load of the key before that for readers who are given a stale value meanwhile
 * @param errorUntilNanos nor, not later than that, for readers who get the error
 */
public record Failure(Throwable cause, int failuresInARow, long untilNanos, long errorUntilNanos) {
    /** Whether a load of the key is still to wait at {@code nowNanos}, for a reader with or without a stale value. */
    boolean barsAt(boolean hasStaleValue, long nowNanos) {
        return nowNanos - (hasStaleValue ? untilNanos : errorUntilNanos) < 0;
    }
}
