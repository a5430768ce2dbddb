package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.internal.local.Entry;
import java.nio.charset.StandardCharsets;

/** The arithmetic of counters, and the words when it is refused; the same in every tier. */
final class Counters {
    private Counters() {}

    /** The sum of the counter {@code before} and {@code delta}. */
    static long add(Object key, Entry<?> before, long delta) {
        if (!before.isCounter() || !(before.value() instanceof byte[] decimal)) {
            throw notACounter(key);
        }
        long count = Long.parseLong(new String(decimal, StandardCharsets.US_ASCII));
        try {
            return Math.addExact(count, delta);
        } catch (ArithmeticException overflow) {
            throw new CacheException(
                    "the counter '" + key + "' is " + count + "; adding " + delta
                            + " would leave the range of a 64-bit number. Nothing was changed",
                    overflow);
        }
    }

    static CacheException notACounter(Object key) {
        return new CacheException(
                "'" + key + "' holds a value, not a counter: increment works on keys that only increment"
                        + " has written. Delete it first, or use another key");
    }
}
