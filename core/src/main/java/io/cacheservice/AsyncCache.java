package io.cacheservice;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@link Cache} for callers that do not wait. Every method means what its blocking namesake means; for errors and futures
 * see {@link AsyncCacheService}.
 *
 * @param <K> the key
 * @param <V> the value
 */
public interface AsyncCache<K, V> {
    /** See {@link Cache#get(Object)}. */
    CompletableFuture<@Nullable V> get(K key);

    /** See {@link Cache#get(Object, Loader)}. */
    CompletableFuture<@Nullable V> get(K key, Loader<? super K, ? extends V> loader);

    /** See {@link Cache#get(Object, ReadOptions)}. */
    CompletableFuture<@Nullable V> get(K key, ReadOptions options);

    /** See {@link Cache#lookup(Object)}. */
    CompletableFuture<Lookup<V>> lookup(K key);

    /** See {@link Cache#lookup(Object, ReadOptions)}. */
    CompletableFuture<Lookup<V>> lookup(K key, ReadOptions options);

    /** See {@link Cache#lookupAll(Collection)}. */
    CompletableFuture<Map<K, Lookup<V>>> lookupAll(Collection<? extends K> keys);

    /** See {@link Cache#lookupEach(Collection)}. */
    CompletableFuture<BatchLookup<K, V>> lookupEach(Collection<? extends K> keys);

    /** See {@link Cache#getAll(Collection)}. */
    CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys);

    /** See {@link Cache#put(Object, Object)}. */
    CompletableFuture<WriteOutcome> put(K key, V value);

    /** See {@link Cache#put(Object, Object, EntryOptions)}. */
    CompletableFuture<WriteOutcome> put(K key, V value, EntryOptions options);

    /** See {@link Cache#putAll(Map)}. */
    CompletableFuture<BatchOutcome> putAll(Map<? extends K, ? extends V> entries);

    /** See {@link Cache#putIfAbsent(Object, Object)}. */
    CompletableFuture<Boolean> putIfAbsent(K key, V value);

    /** See {@link Cache#invalidate(Object)}. */
    CompletableFuture<WriteOutcome> invalidate(K key);

    /** See {@link Cache#invalidateAll(Collection)}. */
    CompletableFuture<BatchOutcome> invalidateAll(Collection<? extends K> keys);

    /** See {@link Cache#invalidateTag(String)}. */
    CompletableFuture<WriteOutcome> invalidateTag(String tag);

    /** See {@link Cache#clear()}. */
    CompletableFuture<WriteOutcome> clear();

    /** See {@link Cache#expire(Object)}. */
    CompletableFuture<WriteOutcome> expire(K key);

    /** See {@link Cache#remove(Object)}. */
    CompletableFuture<WriteOutcome> remove(K key);

    /** See {@link Cache#preWarm(Collection, PreWarmOptions, ProgressListener)}. */
    CompletableFuture<PreWarmReport> preWarm(
            Collection<? extends K> keys, PreWarmOptions options, ProgressListener listener);
}
