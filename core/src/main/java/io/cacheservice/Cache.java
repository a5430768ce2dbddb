package io.cacheservice;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A named cache of typed values with a policy of its own.
 *
 * <p>The local tier keeps the decoded object and gives the same object to every reader: values must be immutable. Keys
 * need {@code equals} and {@code hashCode}. Safe for use by many threads. Errors are as described on {@link CacheService}.
 *
 * @param <K> the key
 * @param <V> the value
 */
public interface Cache<K, V> {
    /** The cache's name. */
    String name();

    /**
     * The value under {@code key}, through the cache's loader if it has one; null when absent or a cached null. A loaded
     * value that cannot be stored still reaches its caller.
     */
    @Nullable
    V get(K key);

    /** The value under {@code key}, loaded with {@code loader} when absent; null when it has none. */
    @Nullable
    V get(K key, Loader<? super K, ? extends V> loader);

    /** The value under {@code key}, read as {@code options} say. */
    @Nullable
    V get(K key, ReadOptions options);

    /** The value under {@code key} if it is there; never loads. */
    @Nullable
    V getIfPresent(K key);

    /** As {@link #get(Object)}, saying where the answer came from and why. */
    Lookup<V> lookup(K key);

    /** As {@link #get(Object, ReadOptions)}, saying where the answer came from and why. */
    Lookup<V> lookup(K key, ReadOptions options);

    /**
     * The values that are there or can be loaded, in request order; unmodifiable. Cached nulls are left out.
     *
     * @throws IllegalArgumentException when one of the keys cannot be one; nothing was read
     * @throws SourceException when the source fails for one of them; the others stay cached
     */
    Map<K, V> getAll(Collection<? extends K> keys);

    /** As {@link #getAll}, with an outcome for every key. */
    Map<K, Lookup<V>> lookupAll(Collection<? extends K> keys);

    /**
     * As {@link #lookupAll}, but a key that fails keeps the answers of the others from nobody.
     *
     * @throws IllegalArgumentException when one of the keys cannot be one; nothing was read
     */
    BatchLookup<K, V> lookupEach(Collection<? extends K> keys);

    /** Stores {@code value} for the cache's {@code ttl}. */
    WriteOutcome put(K key, V value);

    /** Stores {@code value} as {@code options} say. */
    WriteOutcome put(K key, V value, EntryOptions options);

    /** Stores all entries for the cache's {@code ttl}. Keys that fail are reported; the others are stored. */
    BatchOutcome putAll(Map<? extends K, ? extends V> entries);

    /** Stores {@code value} if nothing usable is there; atomic. Returns whether it was stored. */
    boolean putIfAbsent(K key, V value);

    /** Removes {@code key} from the cache; loads of it that are running will not be stored. */
    WriteOutcome invalidate(K key);

    /** Removes {@code keys} from the cache. */
    BatchOutcome invalidateAll(Collection<? extends K> keys);

    /** Removes every entry that carries {@code tag}. */
    WriteOutcome invalidateTag(String tag);

    /** Removes every entry of this cache. */
    WriteOutcome clear();

    /** Lets {@code key} be refreshed at its next read, which may still be answered with the present value. */
    WriteOutcome expire(K key);

    /** Removes {@code key} here and in the source, where the cache can write to it. */
    WriteOutcome remove(K key);

    /**
     * Runs {@code change}, a transaction on the source, while fills of {@code key} are held; invalidates after it, also on
     * an exception.
     *
     * @return what {@code change} returned
     * @throws Exception what {@code change} threw
     */
    <T extends @Nullable Object> T writing(K key, Callable<T> change) throws Exception;

    /** Loads those of {@code keys} that are not there, as fast as {@code options} allow, and waits until done. */
    PreWarmReport preWarm(Collection<? extends K> keys, PreWarmOptions options, ProgressListener listener);

    /** Reloads {@code key} in the background; does nothing when a load of it is running. */
    void refresh(K key);

    /** The same cache for callers that do not wait. */
    AsyncCache<K, V> async();

    /** A snapshot of what this cache has done. */
    CacheStats stats();
}
