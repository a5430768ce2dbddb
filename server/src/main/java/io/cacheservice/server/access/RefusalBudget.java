package io.cacheservice.server.access;

/**
 * How many refusals are logged: a burst, then a few each second. The rest is counted, so that whoever tries tokens by the
 * million neither fills a disk nor goes unseen.
 *
 * <p>Safe for use by many threads.
 */
final class RefusalBudget {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final int burst;
    private final int perSecond;
    private double left;
    private long last;
    private long suppressed;

    RefusalBudget(int burst, int perSecond, long nowNanos) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.left = burst;
        this.last = nowNanos;
    }

    /** How many were suppressed since the last one that was not; negative when this one is to be suppressed too. */
    synchronized long take(long nowNanos) {
        left = Math.min(burst, left + (double) (nowNanos - last) * perSecond / NANOS_PER_SECOND);
        last = nowNanos;
        if (left < 1) {
            suppressed++;
            return -1;
        }
        left--;
        long before = suppressed;
        suppressed = 0;
        return before;
    }
}
