package io.cacheservice.internal.engine;

import io.cacheservice.AsyncCache;
import io.cacheservice.BatchLookup;
import io.cacheservice.BatchOutcome;
import io.cacheservice.Cache;
import io.cacheservice.CacheStats;
import io.cacheservice.EntryOptions;
import io.cacheservice.Loader;
import io.cacheservice.Lookup;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.ProgressListener;
import io.cacheservice.ReadOptions;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The blocking view of a typed cache. */
final class TypedCache<K, V> implements Cache<K, V> {
    private final TypedEntries<K, V> entries;
    private final AsyncTypedCache<K, V> async;

    TypedCache(TypedEntries<K, V> entries) {
        this.entries = entries;
        this.async = new AsyncTypedCache<>(entries);
    }

    TypedPolicy policy() {
        return entries.policy();
    }

    @Override
    public String name() {
        return entries.engine().name();
    }

    @Override
    public @Nullable V get(K key) {
        Entry<V> held = entries.peek(key);
        return held != null ? held.value() : get(key, ReadOptions.defaults());
    }

    @Override
    public @Nullable V get(K key, Loader<? super K, ? extends V> loader) {
        Entry<V> held = entries.peek(key, Objects.requireNonNull(loader, "loader"));
        return held != null ? held.value() : await(threads -> entries.get(key, loader, threads));
    }

    @Override
    public @Nullable V get(K key, ReadOptions options) {
        return await(threads -> entries.get(key, options, threads));
    }

    @Override
    public @Nullable V getIfPresent(K key) {
        Entry<V> held = entries.peekOnly(key);
        return held != null ? held.value() : get(key, ReadOptions.noLoad());
    }

    @Override
    public Lookup<V> lookup(K key) {
        return lookup(key, ReadOptions.defaults());
    }

    @Override
    public Lookup<V> lookup(K key, ReadOptions options) {
        return await(threads -> entries.lookup(key, options, threads));
    }

    @Override
    public Map<K, V> getAll(Collection<? extends K> keys) {
        return awaitHere(threads -> entries.getAll(keys, threads));
    }

    @Override
    public Map<K, Lookup<V>> lookupAll(Collection<? extends K> keys) {
        return awaitHere(threads -> entries.lookupAll(keys, threads));
    }

    @Override
    public BatchLookup<K, V> lookupEach(Collection<? extends K> keys) {
        return awaitHere(threads -> entries.lookupEach(keys, threads));
    }

    @Override
    public WriteOutcome put(K key, V value) {
        return put(key, value, EntryOptions.defaults());
    }

    @Override
    public WriteOutcome put(K key, V value, EntryOptions options) {
        return Futures.await(entries.put(key, value, options));
    }

    @Override
    public BatchOutcome putAll(Map<? extends K, ? extends V> values) {
        return Futures.await(entries.putAll(values));
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        return Futures.await(entries.putIfAbsent(key, value));
    }

    @Override
    public WriteOutcome invalidate(K key) {
        return Futures.await(entries.invalidate(key));
    }

    @Override
    public BatchOutcome invalidateAll(Collection<? extends K> keys) {
        return Futures.await(entries.invalidateAll(keys));
    }

    @Override
    public WriteOutcome invalidateTag(String tag) {
        return Futures.await(entries.invalidateTag(tag));
    }

    @Override
    public WriteOutcome clear() {
        return Futures.await(entries.clear());
    }

    @Override
    public WriteOutcome expire(K key) {
        return Futures.await(entries.expire(key));
    }

    @Override
    public WriteOutcome remove(K key) {
        return Futures.await(entries.remove(key));
    }

    @Override
    public <T extends @Nullable Object> T writing(K key, Callable<T> change) throws Exception {
        return entries.writing(key, Objects.requireNonNull(change, "change"));
    }

    @Override
    public PreWarmReport preWarm(Collection<? extends K> keys, PreWarmOptions options, ProgressListener listener) {
        return Futures.await(entries.preWarm(keys, options, listener));
    }

    @Override
    public void refresh(K key) {
        entries.refresh(key);
    }

    @Override
    public AsyncCache<K, V> async() {
        return async;
    }

    @Override
    public CacheStats stats() {
        return entries.engine().stats();
    }

    /** Waits for {@code call}, whose loaders run where the policy says; this thread decodes, for it waits anyway. */
    private <T extends @Nullable Object> T await(Function<Threads, CompletableFuture<T>> call) {
        return entries.policy().loadsOnCaller() || !entries.engine().decodesAtOnce()
                ? awaitHere(call)
                : Futures.await(call.apply(Threads.both(executor())));
    }

    /** The same, where there is much to do for this thread. */
    private <T extends @Nullable Object> T awaitHere(Function<Threads, CompletableFuture<T>> call) {
        CallerThread caller = new CallerThread(executor());
        return caller.await(call.apply(new Threads(entries.policy().loadsOnCaller() ? caller : executor(), caller)));
    }

    private Executor executor() {
        return entries.engine().seams().executor();
    }
}
