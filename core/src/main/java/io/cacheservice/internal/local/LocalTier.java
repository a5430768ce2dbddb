package io.cacheservice.internal.local;

import io.cacheservice.CacheMemoryException;
import io.cacheservice.EvictionCause;
import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that the caches of one service share in this process: one bound in bytes over many maps.
 *
 * <p>Bytes are counted per entry: its key and value as encoded, plus {@link #ENTRY_OVERHEAD_BYTES}. With {@code
 * allkeys-lfu} each map evicts by W-TinyLFU up to its maximum, and {@link FairShares} sets the maxima; between a write and
 * its eviction, which the writing thread does before it returns, the bound can be exceeded by what is being written. With
 * {@code noeviction} it is never exceeded.
 */
public final class LocalTier {
    /**
     * What an entry takes beside its key and value: Caffeine's node, the hash table's, the objects of key, value and entry.
     * Measured in {@code LocalTierMemoryTest}.
     */
    public static final int ENTRY_OVERHEAD_BYTES = 256;

    /** The bound is lowered to this part of what is set, and no further: what is used all the time stays. */
    private static final int SMALLEST_PART = 64;

    private final TimeSource time;
    private final long maxBytes;
    private final MaxMemoryPolicy policy;
    /** {@link #maxBytes}, or less while the heap has little left. */
    private volatile long boundBytes;

    private volatile boolean makesRoom;
    private final ToldReads toldReads = new ToldReads();
    private final AtomicLong usedBytes = new AtomicLong();
    private final List<LocalMap<?, ?>> maps = new CopyOnWriteArrayList<>();
    private final ReentrantLock sharing = new ReentrantLock();
    private volatile boolean heldBack;

    /** A tier of at most {@code maxBytes}. */
    public LocalTier(TimeSource time, long maxBytes, MaxMemoryPolicy policy) {
        this.time = time;
        this.maxBytes = maxBytes;
        this.boundBytes = maxBytes;
        this.policy = policy;
    }

    /** A new map within the bound. */
    public <K, V> LocalMap<K, V> newMap(LocalMap.EvictionListener listener) {
        return newMap(listener, false);
    }

    /**
     * A new map within the bound, whose readers look themselves whether an entry's life is over: it may hand out entries that
     * have ended.
     */
    public <K, V> LocalMap<K, V> newMapForJudges(LocalMap.EvictionListener listener) {
        return newMap(listener, true);
    }

    private <K, V> LocalMap<K, V> newMap(LocalMap.EvictionListener listener, boolean readersJudge) {
        long maximum = policy == MaxMemoryPolicy.NOEVICTION ? Long.MAX_VALUE : boundBytes;
        LocalMap<K, V> map = new LocalMap<>(this, time, maximum, listener, readersJudge);
        maps.add(map);
        return map;
    }

    /** Which reads its maps' eviction policies are told of. */
    ToldReads toldReads() {
        return toldReads;
    }

    /** The bound as it is set. */
    public long maxBytes() {
        return maxBytes;
    }

    /** The bound for now: less than is set after {@link #giveBack}. */
    public long boundBytes() {
        return boundBytes;
    }

    /**
     * Evicts {@code bytes}, and lowers the bound to what is left, but not below a small part of what is set; answers how many
     * were evicted. With {@code noeviction} nothing happens: what may not be evicted is not, whoever needs the room.
     */
    public long giveBack(long bytes) {
        if (!evicts() || bytes <= 0) {
            return 0;
        }
        long before = usedBytes.get();
        boundBytes = Math.min(boundBytes, Math.max(maxBytes / SMALLEST_PART, Math.min(before, boundBytes) - bytes));
        makesRoom = true;
        try {
            share();
            dropExpired(); // and what is over the bound
        } finally {
            makesRoom = false;
        }
        return Math.max(0, before - usedBytes.get());
    }

    /** Raises the bound by {@code bytes}, up to what is set. */
    public void regain(long bytes) {
        if (boundBytes < maxBytes) {
            boundBytes = Math.min(maxBytes, boundBytes + bytes);
            share();
        }
    }

    /** Why an entry is evicted that still lives. */
    EvictionCause evictionCause() {
        return makesRoom ? EvictionCause.HEAP : EvictionCause.SIZE;
    }

    /** Bytes counted now. */
    public long usedBytes() {
        return usedBytes.get();
    }

    /** Removes everything. */
    public void clear() {
        maps.forEach(LocalMap::removeAll);
    }

    /** Whether room is made by evicting. */
    boolean evicts() {
        return policy == MaxMemoryPolicy.ALLKEYS_LFU;
    }

    /** Whether more is counted than the bound allows. */
    boolean isOver() {
        return usedBytes.get() > boundBytes;
    }

    /**
     * Counts {@code bytes}. Those of the entry they replace are {@link #release released} by whoever removes it where the
     * tier evicts; else they are taken off here in the same step, so that a replacement never needs room for both.
     */
    void reserve(int bytes, int replacedBytes) {
        if (bytes > maxBytes) {
            throw new CacheMemoryException("an entry of " + bytes + " bytes (overhead included) does not fit into"
                    + " maxMemory = " + maxBytes + " bytes: raise maxMemory or store a smaller value");
        }
        if (evicts()) {
            usedBytes.addAndGet(bytes);
            return;
        }
        if (!reserveWithin(bytes - replacedBytes, maxBytes)) {
            throw new CacheMemoryException("the local tier is full: " + usedBytes.get() + " of maxMemory = " + maxBytes
                    + " bytes are used, " + bytes + " more are needed and maxMemoryPolicy = noeviction evicts nothing."
                    + " Raise maxMemory, delete entries, or choose allkeys-lfu");
        }
    }

    private boolean reserveWithin(int bytes, long bound) {
        long used = usedBytes.get();
        while (used + bytes <= bound) {
            if (usedBytes.compareAndSet(used, used + bytes)) {
                return true;
            }
            used = usedBytes.get();
        }
        return false;
    }

    void release(int bytes) {
        usedBytes.addAndGet(-bytes);
    }

    /** Drops what has expired everywhere. Must not be called inside a map's own step. */
    void dropExpired() {
        maps.forEach(LocalMap::cleanUp);
    }

    /** Called by a map that evicts, from inside its eviction: only noted, for a map must not lock another there. */
    void heldBack() {
        heldBack = true;
    }

    /** Called after a write: cuts the largest maps when the bound is passed, and gives room that became free. */
    void settle() {
        if (!evicts() || maps.size() == 1) {
            return;
        }
        long used = usedBytes.get();
        long bound = boundBytes;
        if (used > bound || (heldBack && used < bound - bound / 32)) {
            heldBack = false;
            share();
        }
    }

    private void share() {
        sharing.lock();
        try {
            long[] maxima = FairShares.maxima(
                    boundBytes, maps.stream().mapToLong(LocalMap::bytes).toArray());
            for (int i = 0; i < maxima.length; i++) {
                maps.get(i).setMaximumBytes(maxima[i]);
            }
        } finally {
            sharing.unlock();
        }
    }
}
