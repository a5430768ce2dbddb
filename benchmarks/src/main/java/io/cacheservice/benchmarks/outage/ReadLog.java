package io.cacheservice.benchmarks.outage;

import java.util.Arrays;

/** The reads of one caller, in their order. For one thread, and for others when that has ended. */
final class ReadLog {
    private long[] beginNanos = new long[1 << 10];
    private long[] endNanos = new long[1 << 10];
    private Outcome[] outcomes = new Outcome[1 << 10];
    private int size;

    /** How a read ended. */
    enum Outcome {
        /** With a value that was loaded before the read began. */
        CACHED,
        /** With a value that was loaded for it. */
        LOADED,
        /** With an exception. */
        FAILED
    }

    /** Told of each read. */
    @FunctionalInterface
    interface Visitor {
        void read(long beginNanos, long endNanos, Outcome outcome);
    }

    void add(long begin, long end, Outcome outcome) {
        if (size == beginNanos.length) {
            beginNanos = Arrays.copyOf(beginNanos, 2 * size);
            endNanos = Arrays.copyOf(endNanos, 2 * size);
            outcomes = Arrays.copyOf(outcomes, 2 * size);
        }
        beginNanos[size] = begin;
        endNanos[size] = end;
        outcomes[size] = outcome;
        size++;
    }

    void forEach(Visitor visitor) {
        for (int i = 0; i < size; i++) {
            visitor.read(beginNanos[i], endNanos[i], outcomes[i]);
        }
    }
}
