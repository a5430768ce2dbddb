package io.cacheservice.internal.engine;

import io.cacheservice.internal.local.Entry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets the entries of one cache live on while they are read: a read that finds less than half of the idle time left gives the
 * entry a whole one again. So an entry that is read all the time is written twice in an idle time, not at each read; in return
 * one that is read once lives for at least half of it.
 *
 * <p>Safe for use by many threads.
 */
final class Sliding<K> {
    private final long idleNanos;
    private final long longestNanos;
    private final Set<K> renewing = ConcurrentHashMap.newKeySet();

    /**
     * @param idleMillis how long an entry lives after it was read
     * @param longestMillis how long it lives at most in all; {@link Draft#FOR_EVER}: no bound
     */
    Sliding(long idleMillis, long longestMillis) {
        this.idleNanos = TimeUnit.MILLISECONDS.toNanos(idleMillis);
        this.longestNanos =
                longestMillis == Draft.FOR_EVER ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(longestMillis);
    }

    /** The life in milliseconds that a read at {@code nowNanos} gives {@code entry}; 0: it keeps the one it has. */
    long renewedMillis(Entry<?> entry, long nowNanos) {
        long remaining = entry.remainingNanos(nowNanos);
        if (remaining >= idleNanos / 2) {
            return 0;
        }
        long ageNanos = entry.ageNanos(nowNanos);
        long life = longestNanos == Long.MAX_VALUE ? idleNanos : Math.min(idleNanos, longestNanos - ageNanos);
        return life <= remaining ? 0 : TimeUnit.NANOSECONDS.toMillis(life);
    }

    /** Whether the caller is to renew {@code key} now: nobody else in this process does. */
    boolean begins(K key) {
        return renewing.add(key);
    }

    /** The renewal has ended. */
    void ended(K key) {
        renewing.remove(key);
    }
}
