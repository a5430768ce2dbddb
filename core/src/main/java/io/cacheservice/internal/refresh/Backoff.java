package io.cacheservice.internal.refresh;

/**
 * How long to wait after a load that failed: exponential with full jitter. The longest pause doubles with each failure in a
 * row up to a bound, and the pause is any part of it with the same chance, so that those who failed together do not come back
 * together. Brooker: "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 *
 * @param baseNanos the longest pause after the first failure; above zero
 * @param longestNanos the longest pause of all; at least {@code baseNanos}
 */
public record Backoff(long baseNanos, long longestNanos) {
    /** A backoff that begins with {@code baseNanos}. */
    public Backoff {
        if (baseNanos <= 0 || longestNanos < baseNanos) {
            throw new IllegalArgumentException("a backoff from " + baseNanos + " ns to " + longestNanos
                    + " ns is refused: expected a base above zero and a longest pause not under it");
        }
    }

    /**
     * The pause after a failure.
     *
     * @param failuresInARow 1 for the first
     * @param dice uniform in [0, 1)
     * @return at least 1 ns
     */
    public long pauseNanos(int failuresInARow, double dice) {
        return Math.max(1, (long) (dice * longestPauseNanos(failuresInARow)));
    }

    /** What {@link #pauseNanos} stays within. */
    long longestPauseNanos(int failuresInARow) {
        int doublings = Math.min(failuresInARow - 1, Long.SIZE - 2);
        return baseNanos > longestNanos >> doublings ? longestNanos : baseNanos << doublings;
    }
}
