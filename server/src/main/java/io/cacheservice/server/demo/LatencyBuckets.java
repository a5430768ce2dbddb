package io.cacheservice.server.demo;

import java.util.List;

/**
 * The scale on which latencies are counted: eight buckets for each doubling, so that what is read from it is at most an eighth
 * too long. Counts of several processes add up.
 */
final class LatencyBuckets {
    private static final int PER_DOUBLING = 8;
    private static final int SHIFT = Integer.numberOfTrailingZeros(PER_DOUBLING);

    /** Enough for 35 minutes. */
    static final int SIZE = (41 - SHIFT + 1) * PER_DOUBLING;

    private LatencyBuckets() {}

    /** Where {@code nanos} are counted. */
    static int of(long nanos) {
        long length = Math.max(0, nanos);
        if (length < PER_DOUBLING) {
            return (int) length;
        }
        int doublings = 63 - Long.numberOfLeadingZeros(length) - SHIFT;
        int within = (int) (length >>> doublings) - PER_DOUBLING;
        return Math.min(SIZE - 1, (doublings + 1) * PER_DOUBLING + within);
    }

    /** The longest that is counted in {@code bucket}. */
    static long longest(int bucket) {
        if (bucket < PER_DOUBLING) {
            return bucket;
        }
        int doublings = bucket / PER_DOUBLING - 1;
        return ((long) (bucket % PER_DOUBLING + PER_DOUBLING + 1) << doublings) - 1;
    }

    /** How many nanoseconds {@code share} of all took at most; zero when nothing was counted. */
    static long percentile(List<Long> counts, double share) {
        long total = counts.stream().mapToLong(Long::longValue).sum();
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < counts.size(); i++) {
            seen += counts.get(i);
            if (seen >= wanted && seen > 0) {
                return longest(i);
            }
        }
        return 0;
    }
}
