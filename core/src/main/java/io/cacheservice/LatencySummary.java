package io.cacheservice;

import java.time.Duration;

/**
 * How long one kind of operation took, from a random sample.
 *
 * @param samples how many operations were measured
 * @param p50 half of them took at most this long
 * @param p99 99 % took at most this long
 * @param p999 99.9 % took at most this long
 * @param max the longest
 */
public record LatencySummary(long samples, Duration p50, Duration p99, Duration p999, Duration max) {
    /** Nothing was measured. */
    public static final LatencySummary EMPTY =
            new LatencySummary(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
