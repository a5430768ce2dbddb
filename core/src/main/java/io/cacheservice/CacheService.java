package io.cacheservice;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cache of bytes under string keys, and the door to typed {@linkplain Cache caches}.
 *
 * <p>Without a Redis in its configuration it keeps everything in the memory of this process; with one, Redis or Valkey is
 * the tier of record. Arrays are copied at the border: what is passed in may be changed afterwards, and so may what comes
 * out. Keys are non-empty strings of at most {@code maxKeyBytes} bytes of UTF-8.
 *
 * <p>Safe for use by many threads. Methods throw {@link CacheClosedException} after {@link #close()}, {@link
 * IllegalArgumentException} for arguments outside what they accept, and otherwise subtypes of {@link CacheException}.
 */
public interface CacheService extends AutoCloseable {
    /**
     * Opens a service.
     *
     * @throws CacheConfigException when a setting is wrong, or names a Redis and the module for it is missing
     * @throws CacheConnectionException when Redis refuses this client (credentials, rights, protocol); a Redis that merely
     *     cannot be reached does not stop the start
     */
    static CacheService open(CacheConfig config) {
        return builder().config(config).open();
    }

    /** Opens a service with a clock, an executor or a context carrier of the caller's. */
    static CacheServiceBuilder builder() {
        return new CacheServiceBuilder();
    }

    /** The value under {@code key}, or null when absent. Calls the {@linkplain #source source} if one matches. */
    byte @Nullable [] get(String key);

    /**
     * The value under {@code key}; when absent, the loader's result, kept for {@code ttl}. Of the callers in this process
     * that miss the same key at once, one loads and the others wait for it. Null when the loader has no value.
     *
     * @throws SourceException when the loader fails
     */
    byte @Nullable [] get(String key, Duration ttl, Loader<String, byte[]> loader);

    /** As {@link #get(String)}, saying where the answer came from and why. */
    Lookup<byte[]> lookup(String key);

    /** Stores {@code value} for {@code defaultTtl}. */
    WriteOutcome set(String key, byte[] value);

    /** Stores {@code value} for exactly {@code ttl}, which is at least one millisecond. */
    WriteOutcome set(String key, byte[] value, Duration ttl);

    /** Stores {@code value} as {@code options} say. */
    WriteOutcome set(String key, byte[] value, EntryOptions options);

    /** Removes {@code key}; it need not be there. */
    WriteOutcome delete(String key);

    /**
     * The values of those keys that are there, in request order; unmodifiable. Sources are asked for the rest.
     *
     * @throws IllegalArgumentException when one of the keys cannot be one; nothing was read
     * @throws SourceException when a source fails for one of them; the others stay cached
     */
    Map<String, byte[]> getAll(Collection<String> keys);

    /**
     * As {@link #getAll}, with an outcome for every key.
     *
     * @throws IllegalArgumentException when one of the keys cannot be one; nothing was read
     * @throws SourceException when a source fails for one of them; the others stay cached
     */
    Map<String, Lookup<byte[]>> lookupAll(Collection<String> keys);

    /**
     * As {@link #lookupAll}, but a key that fails keeps the answers of the others from nobody.
     *
     * @throws IllegalArgumentException when one of the keys cannot be one; nothing was read
     */
    BatchLookup<String, byte[]> lookupEach(Collection<String> keys);

    /**
     * Stores all entries for exactly {@code ttl}. Keys that fail are reported; the others are stored.
     *
     * @throws IllegalArgumentException when one of the keys cannot be one; nothing was stored
     */
    BatchOutcome setAll(Map<String, byte[]> entries, Duration ttl);

    /** Removes all keys. Keys that fail are reported; the others are removed. */
    BatchOutcome deleteAll(Collection<String> keys);

    /** As {@link #deleteByPrefix(String, PrefixRemovalOptions, Consumer)}, with the default options and nobody told. */
    PrefixRemovalReport deleteByPrefix(String prefix);

    /**
     * Removes every byte entry whose key begins with {@code prefix}, which stands for itself: nothing in it is a pattern.
     * Looks for the keys page by page, as {@link StoredEntries#keys} does, removes them as {@link #deleteAll} does, never
     * more in a second than {@code options} say, and waits until done; its time grows with the number of all keys in the tier. Typed
     * caches are not touched: for them {@link Cache#clear} and {@link Cache#invalidateTag} cost the same for one entry and
     * for a million.
     *
     * <p>An entry that is there from the beginning to the end is removed, and so is none that a load begun before the call
     * brings. One that is written meanwhile may stay or go, and so may one that moves between servers: this is no snapshot.
     * A removal that ends early has removed what its progress says; call again to go on. It ends early when the service
     * closes, when the calling thread is interrupted, when {@code progress} throws, and when the keys cannot be listed for
     * some seconds. Keys that could not be removed are reported, and the others removed.
     *
     * @param prefix refused when it is empty, unless {@code options} say that every key is meant
     * @param progress told after every few keys and after a part of the listing without any, by one thread at a time; must
     *     return soon
     * @return what was done in all; {@linkplain PrefixRemovalReport#complete complete} where nothing was left out
     * @throws IllegalArgumentException when {@code prefix} cannot begin a key, or is empty and that was not asked for
     * @throws CacheConnectionException when the keys cannot be listed; {@link CacheTimeoutException} likewise
     */
    PrefixRemovalReport deleteByPrefix(
            String prefix, PrefixRemovalOptions options, Consumer<? super PrefixRemovalReport> progress);

    /** Stores {@code value} if nothing usable is there; atomic. Returns whether it was stored. */
    boolean setIfAbsent(String key, byte[] value, Duration ttl);

    /** Stores {@code value} as {@code options} say if nothing usable is there; atomic. Returns whether it was stored. */
    boolean setIfAbsent(String key, byte[] value, EntryOptions options);

    /** Stores {@code value} if the entry there is still exactly {@code seen}; atomic. Returns whether it was stored. */
    boolean replace(String key, EntryVersion seen, byte[] value, Duration ttl);

    /**
     * Stores {@code value} as {@code options} say if the entry there is still exactly {@code seen}; atomic. Returns whether
     * it was stored.
     */
    boolean replace(String key, EntryVersion seen, byte[] value, EntryOptions options);

    /** Removes {@code key} if the entry there is still exactly {@code seen}; atomic. Returns whether it was removed. */
    boolean delete(String key, EntryVersion seen);

    /** Removes {@code key} and returns what was there, or null; atomic, so that one of many callers gets it. */
    byte @Nullable [] getAndDelete(String key);

    /**
     * Adds {@code delta} to the counter under {@code key}, which starts at 0 and then lives for {@code ttlIfNew}; atomic.
     * Reads see the counter as decimal text.
     *
     * @return the sum
     * @throws CacheException when the key holds something else than a counter, or the sum leaves the range of a long
     */
    long increment(String key, long delta, Duration ttlIfNew);

    /**
     * From now on, reads that miss a key matching {@code keyPattern} load it and keep the result for {@code defaultTtl}.
     * In the pattern, {@code *} stands for any run of characters and {@code ?} for one. Of several matching sources the
     * first registered is asked.
     *
     * @throws CacheConfigException when a source with the same pattern exists
     */
    void source(String keyPattern, Loader<String, byte[]> loader);

    /**
     * As {@link #source(String, Loader)}, keeping the results for {@code ttl}, which is at least one millisecond.
     *
     * @throws CacheConfigException when a source with the same pattern exists
     */
    void source(String keyPattern, Duration ttl, Loader<String, byte[]> loader);

    /**
     * As {@link #source(String, Duration, Loader)}, with a loader that sees what it replaces and may decide how its result is
     * kept. What has expired is not seen: byte entries do not outlive their lives, so that only a refresh replaces one.
     *
     * @throws CacheConfigException when a source with the same pattern exists
     */
    void source(String keyPattern, Duration ttl, ContextLoader<String, byte[]> loader);

    /**
     * As {@link #source(String, Duration, Loader)}, asking for all keys together that one call misses: {@link #getAll},
     * {@link #lookupAll}, {@link #lookupEach} and, some at a time, {@link #preWarm(Collection)}. Other reads ask for a set of one key.
     *
     * @throws CacheConfigException when a source with the same pattern exists
     */
    void bulkSource(String keyPattern, Duration ttl, BulkLoader<String, byte[]> bulkLoader);

    /** Loads those keys that are not there, with bounded concurrency, and waits until done. */
    PreWarmReport preWarm(Collection<String> keys);

    /** As {@link #preWarm(Collection)}, telling {@code listener} how far it is. */
    PreWarmReport preWarm(Collection<String> keys, ProgressListener listener);

    /** As {@link #preWarm(Collection, ProgressListener)}, as fast as {@code options} allow. */
    PreWarmReport preWarm(Collection<String> keys, PreWarmOptions options, ProgressListener listener);

    /**
     * If less than {@code threshold} of the entry's life remains, reloads it in the background with the given probability.
     * Never waits for the load.
     *
     * @param probability from 0 (never) to 1 (always)
     */
    RefreshOutcome refreshProbabilistic(String key, Duration threshold, double probability);

    /** Lets {@code key} have expired: the next read that can load it does. */
    WriteOutcome expire(String key);

    /**
     * Removes every entry of the typed cache {@code cacheName}, whichever processes have it open.
     *
     * @throws CacheConfigException when there is no Redis and the cache is not open here
     */
    WriteOutcome clear(String cacheName);

    /**
     * Removes every entry of the typed cache {@code cacheName} that carries {@code tag}, whichever processes have it open.
     *
     * @throws CacheConfigException when there is no Redis and the cache is not open here
     */
    WriteOutcome invalidateTag(String cacheName, String tag);

    /** Begins a typed cache with string keys. */
    <V> CacheBuilder<String, V> cache(String name, Class<V> type);

    /** Begins a typed cache of a plain class; see {@link #cache(String, KeyCodec, TypeRef)}. */
    default <K, V> CacheBuilder<K, V> cache(String name, KeyCodec<K> keys, Class<V> type) {
        return cache(name, keys, TypeRef.of(type));
    }

    /**
     * Begins a typed cache.
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}; the same name with an equal policy opens the same
     *     instance
     * @param keys writes keys for Redis
     * @param type the values' type
     */
    <K, V> CacheBuilder<K, V> cache(String name, KeyCodec<K> keys, TypeRef<V> type);

    /**
     * Tells {@code listener} the name of every typed cache: now of those that are open, and of each later one before {@link
     * CacheBuilder#open()} returns. A name may be told more than once. The listener is called on the thread that opens, for
     * as long as the service lives, and must neither wait nor throw.
     */
    void onCacheOpened(Consumer<String> listener);

    /** How the local tier in front of Redis is kept coherent, now and since the service was opened. */
    CoherenceStats coherence();

    /** The zones that hold this cache, as this process sees them now; empty where there is one Redis, or none. */
    List<ZoneStats> zones();

    /** A snapshot of what this service has done, all caches together. */
    CacheStats stats();

    /** What is stored under the byte keys, for operators: lists, looks closely, and counts as no read. */
    StoredEntries stored();

    /** The same service for callers that do not wait. */
    AsyncCacheService async();

    /** The configuration it was opened with. */
    CacheConfig config();

    /** Ends the service: no further calls, running loads are abandoned, connections closed. A second call does nothing. */
    @Override
    void close();
}
