package io.cacheservice.internal.engine;

import io.cacheservice.EntryVersion;
import io.cacheservice.ReadOptions;
import io.cacheservice.Tier;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.internal.stats.LocalUsage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where one cache keeps its entries: its tier of record, with what stands in front of it.
 *
 * <p>Every call returns at once. Futures complete exceptionally only with a {@code CacheException}, possibly on an I/O
 * thread. Operations on one key take effect in the order they were given.
 */
interface Store<K, V> {
    /** The tier of record. */
    Tier tier();

    /** Whether a read runs no codec of a user. */
    boolean decodesAtOnce();

    /** Whether others may hold the very value that a read answers. */
    boolean sharesValues();

    /**
     * The entry this process can vouch for without asking anyone; null when {@link #read} must be asked.
     *
     * @param nowNanos read from the clock after the read began: a hit looks at it once
     */
    @Nullable
    Entry<V> peek(K key, long nowNanos);

    /**
     * Reads the entry under {@code key}.
     *
     * @param withRemaining whether the entry's end must be known
     * @param decodeOn runs the codec of a user, where there is anything to decode
     */
    CompletableFuture<Answer<V>> read(K key, boolean withRemaining, Executor decodeOn);

    /**
     * As {@link #read}, as {@code options} say: perhaps past what stands in front of the tier of record, perhaps from a
     * replica, whose answer says so.
     */
    default CompletableFuture<Answer<V>> read(K key, boolean withRemaining, ReadOptions options, Executor decodeOn) {
        return read(key, withRemaining, decodeOn);
    }

    /**
     * Reads many. Completed, never exceptionally, when each is answered or has failed: with one element per key, in their
     * order, all of them done.
     */
    CompletableFuture<List<CompletableFuture<Answer<V>>>> readAll(
            List<K> keys, boolean withRemaining, Executor decodeOn);

    /** Asks for the right to load {@code key}. A store without leases grants it to whoever asks. */
    default CompletableFuture<Claim> claim(K key, Wanted wanted) {
        return CompletableFuture.completedFuture(new Claim.Granted(null, null));
    }

    /**
     * What the asker has seen, and how long the right is to last.
     *
     * @param leaseMillis how long
     * @param seen the entry that is to be replaced, and stays until then; null: nothing is there that anybody could use
     * @param over the bytes of which nothing can be made and whose place is to be taken; null: none
     */
    record Wanted(
            long leaseMillis,
            @Nullable EntryVersion seen,
            @Nullable EntryVersion over) {}

    /**
     * Prepares to store what a load gave: the code of users (key function, codec) has run when it returns. What is stored is
     * of kind {@link Entry.Kind#UNSTORED} if the lease was void.
     *
     * @param granted under which it was loaded
     * @return completed with null where it must not be stored, for something was invalidated meanwhile
     * @throws io.cacheservice.CacheException when the value cannot be stored
     */
    CompletableFuture<@Nullable Filling<V>> fill(K key, Draft<V> draft, Claim.Granted granted);

    /** Lets the entry of {@code key} be fresh for {@code millis} from now, if it still is. */
    default CompletableFuture<WriteOutcome> renew(K key, long millis) {
        throw new UnsupportedOperationException("entries whose life cannot be renewed");
    }

    /** Takes the value of {@code key} away, and lets nobody load it for {@code millis}, or until it is written or removed. */
    CompletableFuture<Hold<V>> hold(K key, long millis);

    /** What is made from now on and stored nowhere is void with; null: nothing. Asked before a load. */
    default @Nullable Stamps sinceNow() {
        return null;
    }

    /** Whether nothing of what the stored {@code entry} is void with was invalidated, in any process, until this call. */
    default CompletableFuture<Boolean> stillHolds(Entry<V> entry) {
        return CompletableFuture.completedFuture(true);
    }

    /** Voids every entry that carries {@code tag}. */
    default CompletableFuture<WriteOutcome> invalidateTag(String tag) {
        throw new UnsupportedOperationException("entries without tags");
    }

    /** Voids every entry. */
    default CompletableFuture<WriteOutcome> clear() {
        throw new UnsupportedOperationException("entries that cannot be cleared");
    }

    /** Lets the entry of {@code key} have expired, whatever it may still serve for. */
    default CompletableFuture<WriteOutcome> expire(K key) {
        throw new UnsupportedOperationException("entries that cannot expire early");
    }

    /** An entry that has expired, or that nobody vouches for, and may serve where nobody else answers; null: none is held. */
    default @Nullable Entry<V> fallback(K key) {
        return null;
    }

    /**
     * Prepares to keep what a load gave in this process alone, for it is not to be stored: null where that is not done. What
     * is returned may be run under a lock.
     *
     * @throws io.cacheservice.CacheException when the value cannot be kept
     */
    default @Nullable Runnable keepUnstored(K key, Entry<V> unstored) {
        return null;
    }

    /** Stores what {@code draft} says; answers the entry as stored. */
    CompletableFuture<Entry<V>> write(K key, Draft<V> draft);

    /** Stores many, one answer per key in order. */
    List<CompletableFuture<Entry<V>>> writeAll(List<K> keys, List<Draft<V>> drafts);

    /** Removes {@code key}. */
    CompletableFuture<WriteOutcome> delete(K key);

    /** Removes many, one answer per key in order. */
    List<CompletableFuture<WriteOutcome>> deleteAll(List<K> keys);

    /** Stores what {@code draft} says if no usable entry is there; answers whether it did. */
    CompletableFuture<Boolean> writeIfAbsent(K key, Draft<V> draft);

    /** Stores what {@code draft} says if the entry there is {@code seen}; answers whether it did. */
    CompletableFuture<Boolean> replace(K key, EntryVersion seen, Draft<V> draft);

    /** Removes {@code key} if the entry there is {@code seen}; answers whether it did. */
    CompletableFuture<Boolean> delete(K key, EntryVersion seen);

    /** Removes {@code key} and answers what was there. */
    CompletableFuture<Answer<V>> getAndDelete(K key);

    /** Adds to a counter; answers the sum. Only the byte entries have counters. */
    CompletableFuture<Long> increment(K key, long delta, long ttlMillisIfNew);

    /** What it holds in this process. */
    LocalUsage localUsage();
}
