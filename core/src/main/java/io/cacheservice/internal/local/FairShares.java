package io.cacheservice.internal.local;

import java.util.Arrays;

/**
 * Divides one memory bound among caches: max-min fairness by water-filling.
 *
 * <p>Every cache can have an equal share; what some do not use, the others may. While there is room, each may grow into all
 * that is free. When there is none, the largest are cut to a common level, below which the small ones keep growing. The
 * level is set a little under the bound, so that not every write of a growing cache sets it anew.
 */
final class FairShares {
    private FairShares() {}

    /**
     * What each cache may hold.
     *
     * @param bound bytes in all
     * @param used bytes that each holds now
     */
    static long[] maxima(long bound, long[] used) {
        long total = Arrays.stream(used).sum();
        if (total > bound) {
            long[] maxima = new long[used.length];
            Arrays.fill(maxima, level(bound - bound / 64, used));
            return maxima;
        }
        long free = bound - total;
        long share = bound / used.length;
        return Arrays.stream(used).map(bytes -> Math.max(share, bytes + free)).toArray();
    }

    /** The level at which all caches, cut to it, fill {@code room}. */
    private static long level(long room, long[] used) {
        long[] sorted = used.clone();
        Arrays.sort(sorted);
        long left = room;
        for (int i = 0; i < sorted.length; i++) {
            long share = left / (sorted.length - i);
            if (sorted[i] >= share) {
                return share;
            }
            left -= sorted[i];
        }
        return left;
    }
}
