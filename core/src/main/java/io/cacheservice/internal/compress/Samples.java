package io.cacheservice.internal.compress;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A fair sample of the values that come by: each of them is in it with the same chance (Vitter's algorithm R), in at most 2 MB. Long
 * values are left out, for a dictionary does little for them. Safe for use by many threads.
 */
final class Samples {
    /** Zstandard finds no more in twice as many. */
    static final int MOST = 1_000;

    /** A dictionary helps where a value is too short to say things twice. */
    static final int MOST_VALUE_BYTES = 8 << 10;

    static final int MOST_BYTES = 2 << 20;

    private final List<byte[]> kept = new ArrayList<>();
    private int bytes;
    private long seen;

    /** Returns whether there are enough for a dictionary now. */
    synchronized boolean offer(byte[] value, RandomGenerator random) {
        if (value.length > MOST_VALUE_BYTES) {
            return isEnough();
        }
        seen++;
        if (!isEnough()) {
            kept.add(value);
            bytes += value.length;
        } else {
            long place = random.nextLong(seen);
            if (place < kept.size()) {
                bytes += value.length - kept.set((int) place, value).length;
            }
        }
        return isEnough();
    }

    private boolean isEnough() {
        return kept.size() >= MOST || bytes >= MOST_BYTES;
    }

    /** What was kept; it begins anew. */
    synchronized List<byte[]> take() {
        List<byte[]> taken = List.copyOf(kept);
        kept.clear();
        bytes = 0;
        seen = 0;
        return taken;
    }

    synchronized int count() {
        return kept.size();
    }
}
