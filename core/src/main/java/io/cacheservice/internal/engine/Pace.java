package io.cacheservice.internal.engine;

import java.util.concurrent.TimeUnit;

/**
 * Says when the next keys of a long job may go, so that a bounded number goes in a second. Time that was lost is not made up
 * for: after an outage the job goes on as fast as before it. Used by one thread at a time.
 */
final class Pace {
    /** Who waits looks again after this time at the latest, whatever the rate: meanwhile he may not be wanted any more. */
    static final long LONGEST_PAUSE_MILLIS = 100;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PIECES_PER_SECOND = 10;
    private static final double LONGEST_NANOS = Long.MAX_VALUE / 4.0;

    private final double keysPerSecond;
    private long dueNanos;

    /** @param keysPerSecond 0: no bound */
    Pace(double keysPerSecond, long nowNanos) {
        this.keysPerSecond = keysPerSecond;
        this.dueNanos = nowNanos;
    }

    /** How long to wait before asking again, at most {@link #LONGEST_PAUSE_MILLIS}; 0: the next keys may go. */
    long pauseMillis(long nowNanos) {
        long leftNanos = dueNanos - nowNanos;
        if (leftNanos <= 0) {
            return 0;
        }
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(leftNanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
        return Math.min(LONGEST_PAUSE_MILLIS, leftMillis);
    }

    /** That many keys go now. */
    void went(int keys, long nowNanos) {
        long from = dueNanos - nowNanos > 0 ? dueNanos : nowNanos;
        dueNanos = keysPerSecond == 0
                ? nowNanos
                : from + (long) Math.min(LONGEST_NANOS, keys * SECOND_NANOS / keysPerSecond);
    }

    /** How many keys may go in a second; 1 to {@code most}. */
    int keysInASecond(int most) {
        return bounded(keysPerSecond, most);
    }

    /** How many to let go together, so that a second's keys go in about ten pieces; 1 to {@code most}. */
    int keysAtOnce(int most) {
        return bounded(keysPerSecond / PIECES_PER_SECOND, most);
    }

    private int bounded(double keys, int most) {
        return keysPerSecond == 0 ? most : (int) Math.max(1, Math.min(most, keys));
    }
}
