package io.cacheservice.internal.engine;

import io.cacheservice.EntryVersion;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.RefreshedEntry;
import io.cacheservice.internal.refresh.UnreadRefreshes;
import io.cacheservice.internal.stats.StatsRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what loads that nobody waits for are worth: how long before its end they replace an entry, and whether anybody
 * reads what they bring. An entry of this process's memory knows that itself ({@link RefreshedEntry}), so that a hit pays
 * for no look-up; of those in Redis a bounded number of keys is followed. Safe for use by many threads.
 */
final class RefreshResults<K, V> {
    private final UnreadRefreshes<K> inRedis;
    private final StatsRecorder stats;

    RefreshResults(StatsRecorder stats) {
        this.stats = stats;
        this.inRedis = new UnreadRefreshes<>(UnreadRefreshes.USUAL_CAPACITY, stats::refreshWasted);
    }

    /**
     * A refresh has stored {@code entry}.
     *
     * @param replaced what it replaced; null: nothing that anybody could use
     * @param begunNanos when the refresh began
     */
    void stored(K key, @Nullable Entry<V> replaced, Entry<V> entry, long begunNanos, long nowNanos) {
        EntryVersion version = entry.version();
        if (!(entry instanceof RefreshedEntry) && version != null && entry.freshUntilNanos() != Entry.FOR_EVER) {
            inRedis.stored(key, version, entry.freshUntilNanos(), nowNanos);
        }
        if (replaced != null && replaced.freshUntilNanos() != Entry.FOR_EVER && replaced.isFresh(begunNanos)) {
            stats.refreshedEarly(replaced.remainingNanos(nowNanos));
        }
    }

    /** A read of {@code key} is answered with {@code entry}. */
    void wasRead(K key, Entry<V> entry) {
        if (entry instanceof RefreshedEntry<V> here) {
            here.wasRead();
        } else if (inRedis.isFollowed(key)) {
            EntryVersion version = entry.version();
            if (version != null) {
                inRedis.read(key, version);
            }
        }
    }

    /** What was under {@code key} was replaced or removed, by a write or a load that somebody waited for. */
    void ended(K key) {
        inRedis.ended(key);
    }

    /** Counts what has ended unread until {@code nowNanos}. */
    void endOver(long nowNanos) {
        inRedis.endOver(nowNanos);
    }
}
