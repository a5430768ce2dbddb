package io.cacheservice.benchmarks.outage;

import java.util.Arrays;

/** How long reads took: their percentiles. */
final class Waits {
    private long[] nanos = new long[1 << 10];
    private int size;
    private boolean sorted;

    void add(long wait) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size] = wait;
        size++;
        sorted = false;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What {@code fraction} of the reads did not exceed; there must be one. */
    double millis(double fraction) {
        if (!sorted) {
            Arrays.sort(nanos, 0, size);
            sorted = true;
        }
        int rank = (int) Math.ceil(fraction * size);
        return nanos[Math.max(0, rank - 1)] / 1e6;
    }
}
