package io.cacheservice.internal.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.EvictionCause;
import io.cacheservice.TimeSource;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The local entries of one cache, in a Caffeine cache that expires each on its own deadline.
 *
 * <p>A write has evicted what it must when it returns ({@link Maintenance}). A read takes no lock and allocates nothing.
 *
 * @param <K> the key
 * @param <V> the value
 */
public final class LocalMap<K, V> {
    private final LocalTier tier;
    private final ToldReads told;
    private final EvictionListener listener;
    private final TimeSource time;
    private final boolean readersJudge;
    private volatile long writtenAtNanos;
    private final AtomicLong bytes = new AtomicLong();
    /** So that equal keys of several maps do not share what is counted of their reads. */
    private final int salt = System.identityHashCode(this);

    private final Cache<K, Entry<V>> entries;
    private final Policy<K, Entry<V>> policy;
    private final Policy.Eviction<K, Entry<V>> eviction;

    /** Told of entries that left without being removed. */
    @FunctionalInterface
    public interface EvictionListener {
        /** Told of one entry and what it counted. */
        void evicted(EvictionCause cause, int bytes);
    }

    /**
     * @param readersJudge whether readers look themselves whether an entry's life is over: then a read does not look at the
     *     clock, and what has ended leaves the map when something is written
     */
    LocalMap(LocalTier tier, TimeSource time, long maximumBytes, EvictionListener listener, boolean readersJudge) {
        this.time = time;
        this.readersJudge = readersJudge;
        this.writtenAtNanos = time.nanoTime();
        this.tier = tier;
        this.told = tier.toldReads();
        this.listener = listener;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maximumBytes)
                .weigher((K key, Entry<V> entry) -> entry.bytes())
                .expireAfter(new OwnDeadline<K, V>())
                .ticker(readersJudge ? () -> writtenAtNanos : time::nanoTime)
                .executor(new Maintenance())
                .removalListener(this::left)
                .build();
        this.policy = entries.policy();
        this.eviction = policy.eviction().orElseThrow();
    }

    /** The entry under {@code key}, unless its life is over. */
    public @Nullable Entry<V> get(K key) {
        return entries.getIfPresent(key);
    }

    /**
     * As {@link #get}, at {@code nowNanos}. Most reads of an entry that is read all the time are not told to the eviction policy,
     * which costs more than the read and teaches it nothing ({@link ToldReads}).
     */
    public @Nullable Entry<V> get(K key, long nowNanos) {
        return told.isNext(key.hashCode() + salt, nowNanos)
                ? entries.getIfPresent(key)
                : policy.getIfPresentQuietly(key);
    }

    /** As {@link #get}, without making the entry one that was read. */
    public @Nullable Entry<V> getQuietly(K key) {
        return policy.getIfPresentQuietly(key);
    }

    /** The keys of about the {@code count} entries that are read most, the most read first. */
    public List<K> hottest(int count) {
        return List.copyOf(eviction.hottest(count).keySet());
    }

    /** The first {@code count} in {@code order} of those keys that are {@code wanted}; looks at every key. */
    public List<K> firstKeys(Predicate<? super K> wanted, Comparator<? super K> order, int count) {
        PriorityQueue<K> first = new PriorityQueue<>(count + 1, order.reversed());
        for (K key : entries.asMap().keySet()) {
            if (wanted.test(key) && (first.size() < count || order.compare(key, first.element()) < 0)) {
                first.add(key);
                if (first.size() > count) {
                    first.remove();
                }
            }
        }
        return first.stream().sorted(order).toList();
    }

    /**
     * Stores {@code entry}.
     *
     * @throws CacheMemoryException when it does not fit and nothing may be evicted; nothing was changed
     */
    public void put(K key, Entry<V> entry) {
        lookAtTheClock();
        if (!tier.evicts()) {
            update(key, before -> entry); // what is replaced makes room
            return;
        }
        tier.reserve(entry.bytes(), 0);
        bytes.addAndGet(entry.bytes());
        Maintenance.here(() -> {
            entries.put(key, entry);
            if (tier.isOver()) {
                entries.cleanUp(); // another thread was at it when we wrote: wait for it and do the rest
            }
        });
        tier.settle();
    }

    /**
     * Replaces the entry under {@code key} by what {@code change} makes of it, atomically; null stands for none on both
     * sides. The same instance leaves all as it is.
     *
     * @throws CacheMemoryException when the new entry does not fit and nothing may be evicted; nothing was changed
     */
    public void update(K key, UnaryOperator<@Nullable Entry<V>> change) {
        lookAtTheClock();
        withinBound(() -> entries.asMap().compute(key, (k, before) -> {
            Entry<V> after = change.apply(before);
            if (after != null && after != before) {
                tier.reserve(after.bytes(), before == null ? 0 : before.bytes());
                bytes.addAndGet(after.bytes());
            }
            return after;
        }));
    }

    /**
     * What has expired is counted until Caffeine's timer wheel passes it, about a second later: a write that finds no room
     * drops what can be dropped and looks again.
     */
    private void withinBound(Runnable write) {
        Maintenance.here(() -> {
            try {
                write.run();
            } catch (CacheMemoryException full) {
                tier.dropExpired();
                write.run();
            }
            if (tier.isOver()) {
                entries.cleanUp();
            }
        });
        tier.settle();
    }

    /** Removes {@code key}; answers what was there. */
    public @Nullable Entry<V> remove(K key) {
        lookAtTheClock();
        AtomicReference<@Nullable Entry<V>> removed = new AtomicReference<>();
        Maintenance.here(() -> removed.setPlain(entries.asMap().remove(key)));
        return removed.getPlain();
    }

    /** Removes {@code entry} if it is what is under {@code key}. */
    public void remove(K key, Entry<V> entry) {
        Maintenance.here(() -> entries.asMap().remove(key, entry));
    }

    /** Lets go of what is under {@code key} if its life is over. */
    public void dropExpired(K key) {
        update(key, entry -> entry);
    }

    /** Entries held now, those included whose end was not noticed yet. */
    public long size() {
        return entries.estimatedSize();
    }

    /** Bytes counted now. */
    public long bytes() {
        return bytes.get();
    }

    /** Does what is pending: evicts what is over the bound and drops what has expired. */
    public void cleanUp() {
        lookAtTheClock();
        Maintenance.here(entries::cleanUp);
    }

    private void lookAtTheClock() {
        if (readersJudge) {
            writtenAtNanos = time.nanoTime();
        }
    }

    void setMaximumBytes(long maximum) {
        if (eviction.getMaximum() != maximum) {
            Maintenance.here(() -> eviction.setMaximum(maximum));
        }
    }

    /** Removes every entry. */
    public void removeAll() {
        Maintenance.here(entries::invalidateAll);
    }

    private void left(@Nullable K key, @Nullable Entry<V> entry, RemovalCause cause) {
        if (entry == null) {
            throw new IllegalStateException("entries are held strongly");
        }
        entry.left();
        bytes.addAndGet(-entry.bytes());
        if (cause != RemovalCause.REPLACED || tier.evicts()) { // else the replacement has taken it off: see reserve
            tier.release(entry.bytes());
        }
        if (cause == RemovalCause.EXPIRED) {
            listener.evicted(EvictionCause.EXPIRED, entry.bytes());
        } else if (cause == RemovalCause.SIZE) {
            tier.heldBack();
            listener.evicted(tier.evictionCause(), entry.bytes());
        }
    }

    /** Each entry lives until its own deadline, whatever is read or written around it. */
    private static final class OwnDeadline<K, V> implements Expiry<K, Entry<V>> {
        @Override
        public long expireAfterCreate(K key, Entry<V> entry, long currentNanos) {
            return entry.keptNanos(currentNanos);
        }

        @Override
        public long expireAfterUpdate(K key, Entry<V> entry, long currentNanos, long remainingNanos) {
            return entry.keptNanos(currentNanos);
        }

        @Override
        public long expireAfterRead(K key, Entry<V> entry, long currentNanos, long remainingNanos) {
            return remainingNanos;
        }
    }
}
