package io.cacheservice.internal.engine;

import io.cacheservice.AsyncCache;
import io.cacheservice.BatchLookup;
import io.cacheservice.BatchOutcome;
import io.cacheservice.EntryOptions;
import io.cacheservice.Loader;
import io.cacheservice.Lookup;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.ProgressListener;
import io.cacheservice.ReadOptions;
import io.cacheservice.WriteOutcome;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The asynchronous view of a typed cache. Loaders always run on the service's executor: there is no caller that waits. */
final class AsyncTypedCache<K, V> implements AsyncCache<K, V> {
    private final TypedEntries<K, V> entries;
    private final Threads threads;
    private final HandOver handOver;

    AsyncTypedCache(TypedEntries<K, V> entries) {
        this.entries = entries;
        Executor executor = entries.engine().seams().executor();
        this.threads = Threads.both(executor);
        this.handOver = new HandOver(executor);
    }

    @Override
    public CompletableFuture<@Nullable V> get(K key) {
        return get(key, ReadOptions.defaults());
    }

    @Override
    public CompletableFuture<@Nullable V> get(K key, Loader<? super K, ? extends V> loader) {
        return handOver.call(() -> entries.get(key, loader, threads));
    }

    @Override
    public CompletableFuture<@Nullable V> get(K key, ReadOptions options) {
        return handOver.call(() -> entries.get(key, options, threads));
    }

    @Override
    public CompletableFuture<Lookup<V>> lookup(K key) {
        return lookup(key, ReadOptions.defaults());
    }

    @Override
    public CompletableFuture<Lookup<V>> lookup(K key, ReadOptions options) {
        return handOver.call(() -> entries.lookup(key, options, threads));
    }

    @Override
    public CompletableFuture<Map<K, Lookup<V>>> lookupAll(Collection<? extends K> keys) {
        return handOver.call(() -> entries.lookupAll(keys, threads));
    }

    @Override
    public CompletableFuture<BatchLookup<K, V>> lookupEach(Collection<? extends K> keys) {
        return handOver.call(() -> entries.lookupEach(keys, threads));
    }

    @Override
    public CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys) {
        return handOver.call(() -> entries.getAll(keys, threads));
    }

    @Override
    public CompletableFuture<WriteOutcome> put(K key, V value) {
        return put(key, value, EntryOptions.defaults());
    }

    @Override
    public CompletableFuture<WriteOutcome> put(K key, V value, EntryOptions options) {
        return handOver.call(() -> entries.put(key, value, options));
    }

    @Override
    public CompletableFuture<BatchOutcome> putAll(Map<? extends K, ? extends V> values) {
        return handOver.call(() -> entries.putAll(values));
    }

    @Override
    public CompletableFuture<Boolean> putIfAbsent(K key, V value) {
        return handOver.call(() -> entries.putIfAbsent(key, value));
    }

    @Override
    public CompletableFuture<WriteOutcome> invalidate(K key) {
        return handOver.call(() -> entries.invalidate(key));
    }

    @Override
    public CompletableFuture<BatchOutcome> invalidateAll(Collection<? extends K> keys) {
        return handOver.call(() -> entries.invalidateAll(keys));
    }

    @Override
    public CompletableFuture<WriteOutcome> invalidateTag(String tag) {
        return handOver.call(() -> entries.invalidateTag(tag));
    }

    @Override
    public CompletableFuture<WriteOutcome> clear() {
        return handOver.call(entries::clear);
    }

    @Override
    public CompletableFuture<WriteOutcome> expire(K key) {
        return handOver.call(() -> entries.expire(key));
    }

    @Override
    public CompletableFuture<WriteOutcome> remove(K key) {
        return handOver.call(() -> entries.remove(key));
    }

    @Override
    public CompletableFuture<PreWarmReport> preWarm(
            Collection<? extends K> keys, PreWarmOptions options, ProgressListener listener) {
        return handOver.call(() -> entries.preWarm(keys, options, listener));
    }
}
