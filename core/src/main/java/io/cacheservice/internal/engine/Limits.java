package io.cacheservice.internal.engine;

import io.cacheservice.CacheMemoryException;
import java.time.Duration;
import java.util.Objects;

/** What values and lives a service accepts. */
final class Limits {
    /** The longest life that is accepted. */
    static final Duration LONGEST_TTL = Duration.ofDays(36_500);

    private final long maxValueBytes;

    /** Accepts values of at most {@code maxValueBytes}, encoded. */
    Limits(long maxValueBytes) {
        this.maxValueBytes = maxValueBytes;
    }

    /** Checks the size of an encoded value. */
    void requireValue(Object key, int bytes) {
        if (bytes > maxValueBytes) {
            throw new CacheMemoryException("the value of '" + shown(key.toString()) + "' has " + bytes
                    + " bytes; maxValueBytes is " + maxValueBytes + ": store less or raise maxValueBytes");
        }
    }

    /** Milliseconds of a life, which must be one. */
    static long requireTtlMillis(Duration ttl) {
        Objects.requireNonNull(ttl, "ttl");
        if (ttl.compareTo(Duration.ofMillis(1)) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
            throw new IllegalArgumentException("ttl " + ttl + " is refused: expected 1 ms to 36500 days."
                    + " EntryOptions.noExpiry() keeps an entry for ever, delete removes it");
        }
        return ttl.toMillis();
    }

    private static String shown(String key) {
        return key.length() <= 64 ? key : key.substring(0, 64) + "...";
    }
}
