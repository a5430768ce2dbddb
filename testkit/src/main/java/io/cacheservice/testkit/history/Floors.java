package io.cacheservice.testkit.history;

import java.util.Arrays;

/** Which version a read must find at least, by the time at which it starts. */
final class Floors {
    /** No version: the key may never have been there. */
    static final int NONE = -1;

    private final long[] times;
    private final int[] highest;

    /**
     * @param changes in the order of their versions
     * @param from from when on each of them is owed; {@link Operation#NEVER_ENDED} for never
     */
    Floors(int[] changes, long[] from) {
        int[] owed = Arrays.stream(changes)
                .filter(change -> from[change] != Operation.NEVER_ENDED)
                .toArray();
        IndexSort.sort(owed, 0, owed.length, change -> from[change]);
        times = new long[owed.length];
        highest = new int[owed.length];
        int max = NONE;
        for (int i = 0; i < owed.length; i++) {
            max = Math.max(max, owed[i]);
            times[i] = from[owed[i]];
            highest[i] = max;
        }
    }

    /** The newest of the changes that are owed since before {@code nanos}. */
    int before(long nanos) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? NONE : highest[low - 1];
    }
}
