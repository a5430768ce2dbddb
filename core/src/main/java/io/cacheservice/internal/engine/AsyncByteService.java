package io.cacheservice.internal.engine;

import io.cacheservice.AsyncCacheService;
import io.cacheservice.BatchLookup;
import io.cacheservice.BatchOutcome;
import io.cacheservice.EntryOptions;
import io.cacheservice.EntryVersion;
import io.cacheservice.Loader;
import io.cacheservice.Lookup;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
import io.cacheservice.ProgressListener;
import io.cacheservice.RefreshOutcome;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.futures.Futures;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The asynchronous view of a service's byte entries. */
final class AsyncByteService implements AsyncCacheService {
    private final ByteEntries entries;
    private final HandOver handOver;

    AsyncByteService(ByteEntries entries) {
        this.entries = entries;
        this.handOver = new HandOver(entries.seams().executor());
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        return handOver.call(() -> Futures.map(entries.get(key), entries::leaving));
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key, Duration ttl, Loader<String, byte[]> loader) {
        return handOver.call(() -> Futures.map(entries.get(key, ttl, loader), entries::leaving));
    }

    @Override
    public CompletableFuture<Lookup<byte[]>> lookup(String key) {
        return handOver.call(() -> entries.lookup(key));
    }

    @Override
    public CompletableFuture<WriteOutcome> set(String key, byte[] value) {
        return set(key, value, EntryOptions.defaults());
    }

    @Override
    public CompletableFuture<WriteOutcome> set(String key, byte[] value, Duration ttl) {
        return set(key, value, EntryOptions.ttl(ttl));
    }

    @Override
    public CompletableFuture<WriteOutcome> set(String key, byte[] value, EntryOptions options) {
        return handOver.call(() -> entries.set(key, value, options));
    }

    @Override
    public CompletableFuture<WriteOutcome> delete(String key) {
        return handOver.call(() -> entries.delete(key));
    }

    @Override
    public CompletableFuture<Map<String, byte[]>> getAll(Collection<String> keys) {
        return handOver.call(() -> entries.getAll(keys, entries.seams().executor()));
    }

    @Override
    public CompletableFuture<Map<String, Lookup<byte[]>>> lookupAll(Collection<String> keys) {
        return handOver.call(() -> entries.lookupAll(keys, entries.seams().executor()));
    }

    @Override
    public CompletableFuture<BatchLookup<String, byte[]>> lookupEach(Collection<String> keys) {
        return handOver.call(() -> entries.lookupEach(keys, entries.seams().executor()));
    }

    @Override
    public CompletableFuture<BatchOutcome> setAll(Map<String, byte[]> values, Duration ttl) {
        return handOver.call(() -> entries.setAll(values, ttl));
    }

    @Override
    public CompletableFuture<BatchOutcome> deleteAll(Collection<String> keys) {
        return handOver.call(() -> entries.deleteAll(keys));
    }

    @Override
    public CompletableFuture<PrefixRemovalReport> deleteByPrefix(
            String prefix, PrefixRemovalOptions options, Consumer<? super PrefixRemovalReport> progress) {
        return handOver.callCancellable(() -> entries.deleteByPrefix(prefix, options, progress));
    }

    @Override
    public CompletableFuture<Boolean> setIfAbsent(String key, byte[] value, Duration ttl) {
        return setIfAbsent(key, value, EntryOptions.ttl(ttl));
    }

    @Override
    public CompletableFuture<Boolean> setIfAbsent(String key, byte[] value, EntryOptions options) {
        return handOver.call(() -> entries.setIfAbsent(key, value, options));
    }

    @Override
    public CompletableFuture<Boolean> replace(String key, EntryVersion seen, byte[] value, Duration ttl) {
        return replace(key, seen, value, EntryOptions.ttl(ttl));
    }

    @Override
    public CompletableFuture<Boolean> replace(String key, EntryVersion seen, byte[] value, EntryOptions options) {
        return handOver.call(() -> entries.replace(key, seen, value, options));
    }

    @Override
    public CompletableFuture<Boolean> delete(String key, EntryVersion seen) {
        return handOver.call(() -> entries.delete(key, seen));
    }

    @Override
    public CompletableFuture<byte @Nullable []> getAndDelete(String key) {
        return handOver.call(() -> entries.getAndDelete(key));
    }

    @Override
    public CompletableFuture<Long> increment(String key, long delta, Duration ttlIfNew) {
        return handOver.call(() -> entries.increment(key, delta, ttlIfNew));
    }

    @Override
    public CompletableFuture<PreWarmReport> preWarm(
            Collection<String> keys, PreWarmOptions options, ProgressListener listener) {
        return handOver.call(() -> entries.preWarm(keys, options, listener));
    }

    @Override
    public CompletableFuture<WriteOutcome> expire(String key) {
        return handOver.call(() -> entries.expire(key));
    }

    @Override
    public CompletableFuture<RefreshOutcome> refreshProbabilistic(String key, Duration threshold, double probability) {
        return handOver.call(() -> entries.refreshProbabilistic(key, threshold, probability));
    }
}
