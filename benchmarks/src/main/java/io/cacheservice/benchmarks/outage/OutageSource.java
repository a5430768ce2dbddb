package io.cacheservice.benchmarks.outage;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** What is behind the caches: takes 5 ms for each value, however many are asked for at once. Safe for use by many threads. */
public final class OutageSource {
    /** How long one load takes. */
    public static final Duration LOAD_TIME = Duration.ofMillis(5);

    private static final char SEPARATOR = '@';

    private final LongAdder loads = new LongAdder();

    /** The value of {@code key}, which says when it was loaded. */
    public String load(String key) {
        loads.increment();
        long begin = System.nanoTime();
        long left = LOAD_TIME.toNanos();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = LOAD_TIME.toNanos() - (System.nanoTime() - begin);
        }
        return key + SEPARATOR + begin;
    }

    /** How often it was asked so far. */
    long loads() {
        return loads.sum();
    }

    /**
     * When the load of {@code value} began.
     *
     * @throws WrongValueException when it is not a value of {@code key}
     */
    static long loadedAtNanos(String key, String value) {
        int end = key.length();
        if (!value.startsWith(key) || value.length() <= end || value.charAt(end) != SEPARATOR) {
            throw new WrongValueException("\"" + value + "\" is not the value of " + key);
        }
        return Long.parseLong(value, end + 1, value.length(), 10);
    }

    /** A cache gave what is not the key's value. */
    static final class WrongValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongValueException(String message) {
            super(message);
        }
    }
}
