package io.cacheservice.internal.engine;

import io.cacheservice.TimeSource;
import io.cacheservice.internal.compress.Shortened;
import io.cacheservice.internal.engine.Sealing.Packed;
import io.cacheservice.internal.futures.Delivery;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.LocalMap;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.internal.local.Stamps;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one cache that Redis did not take, kept in this process where its policy says so. Safe for use by many threads.
 *
 * <p>A failed write leaves its key in the journal, to be removed. The value holds as long as that very item is there: a later write
 * or invalidation that is accepted ends the item, one that is not replaces it, and so does its delivery. Nobody else has to be told.
 */
final class LocalOnlyWrites<K, V> {
    private final LocalMap<K, V> map;
    private final Journal journal;
    private final TimeSource time;

    LocalOnlyWrites(LocalMap<K, V> map, Journal journal, TimeSource time) {
        this.map = map;
        this.journal = journal;
        this.time = time;
    }

    private static final class Held<V> extends Entry<V> {
        private final byte[] where;
        private final Object item;

        Held(Entry<V> entry, int bytes, byte[] where, Object item) {
            super(entry, bytes);
            this.where = where;
            this.item = item;
        }
    }

    /** Whether {@link #find} must be asked before anybody else. */
    boolean mayHold(K key) {
        return map.getQuietly(key) != null;
    }

    /** What was written here of {@code key}, and nowhere else; null: nothing that still holds. */
    @Nullable
    Entry<V> find(K key) {
        Held<V> held = (Held<V>) map.get(key);
        if (held == null) {
            return null;
        }
        if (held.isFresh(time.nanoTime()) && isOwed(held) && isValid(held)) {
            return held;
        }
        map.remove(key, held);
        return null;
    }

    private boolean isOwed(Held<V> held) {
        return journal.mark(held.where) == held.item;
    }

    private boolean isValid(Held<V> held) {
        Stamps stamps = held.stamps();
        return stamps == null || stamps.hold(time.nanoTime());
    }

    /** There is something newer in this process. */
    void drop(K key) {
        if (mayHold(key)) {
            map.remove(key);
        }
    }

    /**
     * Has {@code write} done; where Redis does not take it and its removal is owed, the value is kept here instead.
     *
     * @param now with what the value ends if it is kept
     */
    CompletableFuture<Entry<V>> orHere(
            Packed<K, V> packed, @Nullable Stamps now, Supplier<CompletableFuture<Entry<V>>> write) {
        return Futures.then(write.get(), (stored, failure) -> {
            if (stored != null) {
                return CompletableFuture.completedFuture(stored);
            }
            Throwable told = failure == null ? new IllegalStateException("no outcome") : failure;
            Entry<V> kept = Delivery.mayBeOwed(told) ? keep(packed, now) : null;
            return kept == null ? CompletableFuture.failedFuture(told) : CompletableFuture.completedFuture(kept);
        });
    }

    /** Answers null where nothing owes the removal of the key: then what Redis holds is believed, and read. */
    private @Nullable Entry<V> keep(Packed<K, V> packed, @Nullable Stamps stamps) {
        Object item = journal.mark(packed.where());
        if (item == journal) {
            return null;
        }
        Draft<V> draft = packed.draft();
        Shortened payload = packed.payload();
        int valueBytes = payload == null ? 0 : payload.bytes().length + payload.savedBytes();
        int bytes = LocalTier.ENTRY_OVERHEAD_BYTES + packed.where().length + valueBytes;
        Entry<V> entry = new Entry<>(
                draft.value(), draft.times(time.nanoTime(), 0), 0, 0, Entry.Kind.LOCAL_ONLY, draft.notes(), null);
        map.put(packed.key(), new Held<>(entry.with(stamps), bytes, packed.where(), item));
        return entry;
    }
}
