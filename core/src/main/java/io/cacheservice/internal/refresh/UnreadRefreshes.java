package io.cacheservice.internal.refresh;

import io.cacheservice.EntryVersion;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys whose entry in Redis came from a refresh of this process and was not read by it since, each until the entry's end.
 * What other processes read is not known here.
 *
 * <p>Holds a bounded number of keys; those that find no room are not followed. Takes no lock: a read of any other key costs
 * one look into a hash table, and nothing while no key is followed. Safe for use by many threads.
 *
 * @param <K> the key
 */
public final class UnreadRefreshes<K> {
    /** As many keys as are followed if nothing else is said. */
    public static final int USUAL_CAPACITY = 10_000;

    private final ConcurrentHashMap<K, Unread> byKey = new ConcurrentHashMap<>();
    private final int capacity;
    private final Runnable ended;

    private record Unread(EntryVersion version, long untilNanos) {}

    /**
     * Follows nothing yet.
     *
     * @param capacity how many keys are followed at most
     * @param ended called once for each entry that ended unread
     */
    public UnreadRefreshes(int capacity, Runnable ended) {
        this.capacity = capacity;
        this.ended = ended;
    }

    /** A refresh stored {@code version} under {@code key}, which lives until {@code untilNanos}. It replaced what was there. */
    public void stored(K key, EntryVersion version, long untilNanos, long nowNanos) {
        if (byKey.size() >= capacity) {
            endOver(nowNanos);
        }
        if (byKey.size() >= capacity) {
            ended(key);
        } else if (byKey.put(key, new Unread(version, untilNanos)) != null) {
            ended.run();
        }
    }

    /** Whether anything is known of {@code key}: else there is no need to ask {@link #read}. */
    public boolean isFollowed(K key) {
        return !byKey.isEmpty() && byKey.containsKey(key);
    }

    /** A read of {@code key} was answered with {@code version}. */
    public void read(K key, EntryVersion version) {
        byKey.computeIfPresent(key, (k, unread) -> unread.version().equals(version) ? null : unread);
    }

    /** What was under {@code key} was replaced or removed by this process. */
    public void ended(K key) {
        if (!byKey.isEmpty() && byKey.remove(key) != null) {
            ended.run();
        }
    }

    /** Ends those whose life is over at {@code nowNanos}. Looks at every key. */
    public void endOver(long nowNanos) {
        byKey.forEach((key, unread) -> {
            if (nowNanos - unread.untilNanos() >= 0 && byKey.remove(key, unread)) {
                ended.run();
            }
        });
    }
}
