package io.cacheservice.internal.engine;

import io.cacheservice.AsyncCacheService;
import io.cacheservice.BatchLookup;
import io.cacheservice.BatchOutcome;
import io.cacheservice.BulkLoader;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.CoherenceStats;
import io.cacheservice.ContextLoader;
import io.cacheservice.EntryOptions;
import io.cacheservice.EntryVersion;
import io.cacheservice.KeyCodec;
import io.cacheservice.Loader;
import io.cacheservice.Lookup;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
import io.cacheservice.ProgressListener;
import io.cacheservice.RefreshOutcome;
import io.cacheservice.StoredEntries;
import io.cacheservice.TypeRef;
import io.cacheservice.WriteOutcome;
import io.cacheservice.ZoneStats;
import io.cacheservice.internal.futures.Futures;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The blocking view of a service. */
final class ByteService implements CacheService {
    private final OpenService service;
    private final ByteEntries entries;
    private final AsyncByteService async;

    ByteService(OpenService service, ByteEntries entries) {
        this.service = service;
        this.entries = entries;
        this.async = new AsyncByteService(entries);
    }

    @Override
    public byte @Nullable [] get(String key) {
        byte[] held = entries.peek(key);
        return held != null ? held : entries.leaving(Futures.await(entries.get(key)));
    }

    @Override
    public byte @Nullable [] get(String key, Duration ttl, Loader<String, byte[]> loader) {
        Objects.requireNonNull(loader, "loader");
        Limits.requireTtlMillis(ttl);
        byte[] held = entries.peek(key, ttl, loader);
        return held != null ? held : entries.leaving(Futures.await(entries.get(key, ttl, loader)));
    }

    @Override
    public Lookup<byte[]> lookup(String key) {
        return Futures.await(entries.lookup(key));
    }

    @Override
    public WriteOutcome set(String key, byte[] value) {
        return set(key, value, EntryOptions.defaults());
    }

    @Override
    public WriteOutcome set(String key, byte[] value, Duration ttl) {
        return set(key, value, EntryOptions.ttl(ttl));
    }

    @Override
    public WriteOutcome set(String key, byte[] value, EntryOptions options) {
        return Futures.await(entries.set(key, value, options));
    }

    @Override
    public WriteOutcome delete(String key) {
        return Futures.await(entries.delete(key));
    }

    @Override
    public Map<String, byte[]> getAll(Collection<String> keys) {
        return awaitHere(executor -> entries.getAll(keys, executor));
    }

    @Override
    public Map<String, Lookup<byte[]>> lookupAll(Collection<String> keys) {
        return awaitHere(executor -> entries.lookupAll(keys, executor));
    }

    @Override
    public BatchLookup<String, byte[]> lookupEach(Collection<String> keys) {
        return awaitHere(executor -> entries.lookupEach(keys, executor));
    }

    @Override
    public BatchOutcome setAll(Map<String, byte[]> values, Duration ttl) {
        return Futures.await(entries.setAll(values, ttl));
    }

    @Override
    public BatchOutcome deleteAll(Collection<String> keys) {
        return Futures.await(entries.deleteAll(keys));
    }

    @Override
    public PrefixRemovalReport deleteByPrefix(String prefix) {
        return deleteByPrefix(prefix, PrefixRemovalOptions.defaults(), soFar -> {});
    }

    @Override
    public PrefixRemovalReport deleteByPrefix(
            String prefix, PrefixRemovalOptions options, Consumer<? super PrefixRemovalReport> progress) {
        CompletableFuture<PrefixRemovalReport> removal = entries.deleteByPrefix(prefix, options, progress);
        try {
            return Futures.await(removal);
        } finally {
            removal.cancel(false); // a caller who is interrupted no longer waits for it
        }
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Duration ttl) {
        return setIfAbsent(key, value, EntryOptions.ttl(ttl));
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, EntryOptions options) {
        return Futures.await(entries.setIfAbsent(key, value, options));
    }

    @Override
    public boolean replace(String key, EntryVersion seen, byte[] value, Duration ttl) {
        return replace(key, seen, value, EntryOptions.ttl(ttl));
    }

    @Override
    public boolean replace(String key, EntryVersion seen, byte[] value, EntryOptions options) {
        return Futures.await(entries.replace(key, seen, value, options));
    }

    @Override
    public boolean delete(String key, EntryVersion seen) {
        return Futures.await(entries.delete(key, seen));
    }

    @Override
    public byte @Nullable [] getAndDelete(String key) {
        return Futures.await(entries.getAndDelete(key));
    }

    @Override
    public long increment(String key, long delta, Duration ttlIfNew) {
        return Futures.await(entries.increment(key, delta, ttlIfNew));
    }

    @Override
    public void source(String keyPattern, Loader<String, byte[]> loader) {
        source(keyPattern, config().defaultTtl(), loader);
    }

    @Override
    public void source(String keyPattern, Duration ttl, Loader<String, byte[]> loader) {
        service.source(Sources.Source.one(
                Objects.requireNonNull(keyPattern, "keyPattern"), loader, Limits.requireTtlMillis(ttl)));
    }

    @Override
    public void source(String keyPattern, Duration ttl, ContextLoader<String, byte[]> loader) {
        service.source(Sources.Source.one(
                Objects.requireNonNull(keyPattern, "keyPattern"), loader, Limits.requireTtlMillis(ttl)));
    }

    @Override
    public void bulkSource(String keyPattern, Duration ttl, BulkLoader<String, byte[]> bulkLoader) {
        service.source(Sources.Source.many(
                Objects.requireNonNull(keyPattern, "keyPattern"), bulkLoader, Limits.requireTtlMillis(ttl)));
    }

    @Override
    public PreWarmReport preWarm(Collection<String> keys) {
        return preWarm(keys, (soFar, total) -> {});
    }

    @Override
    public PreWarmReport preWarm(Collection<String> keys, ProgressListener listener) {
        return preWarm(keys, PreWarmOptions.defaults(), listener);
    }

    @Override
    public PreWarmReport preWarm(Collection<String> keys, PreWarmOptions options, ProgressListener listener) {
        return Futures.await(entries.preWarm(keys, options, listener));
    }

    @Override
    public WriteOutcome expire(String key) {
        return Futures.await(entries.expire(key));
    }

    @Override
    public WriteOutcome clear(String cacheName) {
        return Futures.await(service.clear(cacheName));
    }

    @Override
    public WriteOutcome invalidateTag(String cacheName, String tag) {
        return Futures.await(service.invalidateTag(cacheName, tag));
    }

    @Override
    public RefreshOutcome refreshProbabilistic(String key, Duration threshold, double probability) {
        return Futures.await(entries.refreshProbabilistic(key, threshold, probability));
    }

    @Override
    public <V> CacheBuilder<String, V> cache(String name, Class<V> type) {
        return cache(name, KeyCodec.string(), TypeRef.of(type));
    }

    @Override
    public <K, V> CacheBuilder<K, V> cache(String name, KeyCodec<K> keys, TypeRef<V> type) {
        return new PolicyBuilder<>(service, name, keys, type);
    }

    @Override
    public void onCacheOpened(Consumer<String> listener) {
        service.onCacheOpened(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public CacheStats stats() {
        return service.stats();
    }

    @Override
    public List<ZoneStats> zones() {
        return service.zones();
    }

    @Override
    public CoherenceStats coherence() {
        return service.coherence();
    }

    @Override
    public StoredEntries stored() {
        return entries.stored();
    }

    @Override
    public AsyncCacheService async() {
        return async;
    }

    @Override
    public CacheConfig config() {
        return service.config();
    }

    @Override
    public void close() {
        service.close();
    }

    /** Waits for {@code call}, for which this thread decodes. */
    private <T> T awaitHere(Function<Executor, CompletableFuture<T>> call) {
        CallerThread caller = new CallerThread(entries.seams().executor());
        return caller.await(call.apply(caller));
    }
}
