package io.cacheservice;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@link CacheService} for callers that do not wait.
 *
 * <p>Every method means what its blocking namesake means. Arguments are checked at once; all other errors complete the
 * future, unwrapped, as {@link CacheException}. Each call returns a future of its own: cancelling it cancels nobody else.
 * Futures are completed on the service's executor or on the calling thread, never on an I/O thread.
 *
 * <p>A batch of more than 1,000 keys, or than {@code maxPending}, goes to Redis in pieces, each when the last was answered:
 * a write of one of its keys that is given before the batch has ended may take effect before it.
 */
public interface AsyncCacheService {
    /** See {@link CacheService#get(String)}. */
    CompletableFuture<byte @Nullable []> get(String key);

    /** See {@link CacheService#get(String, Duration, Loader)}. */
    CompletableFuture<byte @Nullable []> get(String key, Duration ttl, Loader<String, byte[]> loader);

    /** See {@link CacheService#lookup(String)}. */
    CompletableFuture<Lookup<byte[]>> lookup(String key);

    /** See {@link CacheService#set(String, byte[])}. */
    CompletableFuture<WriteOutcome> set(String key, byte[] value);

    /** See {@link CacheService#set(String, byte[], Duration)}. */
    CompletableFuture<WriteOutcome> set(String key, byte[] value, Duration ttl);

    /** See {@link CacheService#set(String, byte[], EntryOptions)}. */
    CompletableFuture<WriteOutcome> set(String key, byte[] value, EntryOptions options);

    /** See {@link CacheService#delete(String)}. */
    CompletableFuture<WriteOutcome> delete(String key);

    /** See {@link CacheService#getAll(Collection)}. */
    CompletableFuture<Map<String, byte[]>> getAll(Collection<String> keys);

    /** See {@link CacheService#lookupAll(Collection)}. */
    CompletableFuture<Map<String, Lookup<byte[]>>> lookupAll(Collection<String> keys);

    /** See {@link CacheService#lookupEach(Collection)}. */
    CompletableFuture<BatchLookup<String, byte[]>> lookupEach(Collection<String> keys);

    /** See {@link CacheService#setAll(Map, Duration)}. */
    CompletableFuture<BatchOutcome> setAll(Map<String, byte[]> entries, Duration ttl);

    /** See {@link CacheService#deleteAll(Collection)}. */
    CompletableFuture<BatchOutcome> deleteAll(Collection<String> keys);

    /**
     * See {@link CacheService#deleteByPrefix(String, PrefixRemovalOptions, Consumer)}. Cancelling the future ends the removal:
     * the keys that are being removed just then still go, no others.
     */
    CompletableFuture<PrefixRemovalReport> deleteByPrefix(
            String prefix, PrefixRemovalOptions options, Consumer<? super PrefixRemovalReport> progress);

    /** See {@link CacheService#setIfAbsent(String, byte[], Duration)}. */
    CompletableFuture<Boolean> setIfAbsent(String key, byte[] value, Duration ttl);

    /** See {@link CacheService#setIfAbsent(String, byte[], EntryOptions)}. */
    CompletableFuture<Boolean> setIfAbsent(String key, byte[] value, EntryOptions options);

    /** See {@link CacheService#replace(String, EntryVersion, byte[], Duration)}. */
    CompletableFuture<Boolean> replace(String key, EntryVersion seen, byte[] value, Duration ttl);

    /** See {@link CacheService#replace(String, EntryVersion, byte[], EntryOptions)}. */
    CompletableFuture<Boolean> replace(String key, EntryVersion seen, byte[] value, EntryOptions options);

    /** See {@link CacheService#delete(String, EntryVersion)}. */
    CompletableFuture<Boolean> delete(String key, EntryVersion seen);

    /** See {@link CacheService#getAndDelete(String)}. */
    CompletableFuture<byte @Nullable []> getAndDelete(String key);

    /** See {@link CacheService#increment(String, long, Duration)}. */
    CompletableFuture<Long> increment(String key, long delta, Duration ttlIfNew);

    /** See {@link CacheService#preWarm(Collection, ProgressListener)}. */
    default CompletableFuture<PreWarmReport> preWarm(Collection<String> keys, ProgressListener listener) {
        return preWarm(keys, PreWarmOptions.defaults(), listener);
    }

    /** See {@link CacheService#preWarm(Collection, PreWarmOptions, ProgressListener)}. */
    CompletableFuture<PreWarmReport> preWarm(
            Collection<String> keys, PreWarmOptions options, ProgressListener listener);

    /** See {@link CacheService#expire}. */
    CompletableFuture<WriteOutcome> expire(String key);

    /** See {@link CacheService#refreshProbabilistic(String, Duration, double)}. */
    CompletableFuture<RefreshOutcome> refreshProbabilistic(String key, Duration threshold, double probability);
}
