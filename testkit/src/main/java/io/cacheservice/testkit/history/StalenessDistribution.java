package io.cacheservice.testkit.history;

import java.util.Locale;

/**
 * How old the answers of a history were: for each read, the time from the moment when what it found was certainly outdated
 * (the next write had been accepted, its life had ended, all keys had been flushed) to its start; zero for most.
 *
 * <p>Kept in classes of 3 % width, the maximum exactly. For one thread at a time.
 */
public final class StalenessDistribution {
    private static final int STEPS = 32;

    private final long[] counts = new long[64 * STEPS];
    private long reads;
    private long staleReads;
    private long maxNanos;

    StalenessDistribution() {}

    void add(long nanos) {
        reads++;
        if (nanos > 0) {
            staleReads++;
            maxNanos = Math.max(maxNanos, nanos);
            counts[classOf(nanos)]++;
        }
    }

    void addAll(StalenessDistribution others) {
        reads += others.reads;
        staleReads += others.staleReads;
        maxNanos = Math.max(maxNanos, others.maxNanos);
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
    }

    /** How many reads were judged. */
    public long reads() {
        return reads;
    }

    /** How many of them found something outdated. */
    public long staleReads() {
        return staleReads;
    }

    /** The age of the most outdated answer, in nanoseconds. */
    public long maxNanos() {
        return maxNanos;
    }

    /** The age that this share of all reads does not exceed, in nanoseconds; 0.99 is for the 99th percentile. */
    public long quantileNanos(double share) {
        return quantile(share, reads, reads - staleReads);
    }

    /** The age that this share of the outdated answers does not exceed, in nanoseconds. */
    public long quantileOfStaleNanos(double share) {
        return quantile(share, staleReads, 0);
    }

    private long quantile(double share, long of, long fresh) {
        long rank = (long) Math.ceil(share * of);
        long seen = fresh;
        if (seen >= rank) {
            return 0;
        }
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(upperEnd(i), maxNanos);
            }
        }
        return maxNanos;
    }

    private static int classOf(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        int step = power < 5 ? (int) (nanos << (5 - power)) & (STEPS - 1) : (int) (nanos >>> (power - 5)) & (STEPS - 1);
        return power * STEPS + step;
    }

    private static long upperEnd(int index) {
        int power = index / STEPS;
        int step = index % STEPS;
        double low = Math.pow(2, power);
        return (long) Math.ceil(low * (STEPS + step + 1) / STEPS);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %s, p99 %s, p99.9 %s, max %s; %d of %d reads outdated (those alone: p50 %s, p99 %s)",
                Words.millis(quantileNanos(0.5)),
                Words.millis(quantileNanos(0.99)),
                Words.millis(quantileNanos(0.999)),
                Words.millis(maxNanos),
                staleReads,
                reads,
                Words.millis(quantileOfStaleNanos(0.5)),
                Words.millis(quantileOfStaleNanos(0.99)));
    }
}
