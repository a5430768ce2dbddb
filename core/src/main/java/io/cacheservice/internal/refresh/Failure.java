package io.cacheservice.internal.refresh;

/**
 * A load that failed, as it is remembered.
 *
 * @param cause what the loader threw; shared: each caller gets an exception of its own around it
 * @param failuresInARow how many loads of the key have failed since the last that did not; 1 for the first
 * @param untilNanos no load of the key before that
 */
public record Failure(Throwable cause, int failuresInARow, long untilNanos) {
    /** Whether a load of the key is still to wait at {@code nowNanos}. */
    boolean barsAt(long nowNanos) {
        return nowNanos - untilNanos < 0;
    }
}
