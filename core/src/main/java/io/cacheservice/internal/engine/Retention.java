package io.cacheservice.internal.engine;

import io.cacheservice.internal.entry.EntryLife;

/**
 * How much longer than its life an entry is kept.
 *
 * @param fallbackMillis how long it may serve as a fallback once it has expired
 * @param leaseMillis how long it stays after that, so that whoever reloads it at the very end still finds the version that he
 *     replaces
 */
record Retention(long fallbackMillis, long leaseMillis) {
    /** Not at all. */
    static final Retention NONE = new Retention(0, 0);

    /** The life of an entry of Redis that is fresh for {@code ttlMillis}, or {@link Draft#FOR_EVER}. */
    EntryLife life(long ttlMillis) {
        if (ttlMillis == Draft.FOR_EVER) {
            return EntryLife.of(EntryLife.FOR_EVER);
        }
        long staleMillis = ttlMillis + fallbackMillis;
        return new EntryLife(ttlMillis, staleMillis, staleMillis + leaseMillis);
    }
}
