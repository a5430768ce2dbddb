package io.cacheservice;

import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Describes a typed cache and opens it.
 *
 * <p>Begun with {@link CacheService#cache}. Not safe for use by many threads.
 *
 * @param <K> the key
 * @param <V> the value
 */
public interface CacheBuilder<K, V> {
    /** How long entries live; {@code defaultTtl} otherwise. Also the life after which a value is loaded again. */
    CacheBuilder<K, V> ttl(Duration ttl);

    /**
     * How long after its end an entry may still be served when its reload fails or is slow; by default it is not. What was
     * deleted or invalidated is never served so. See {@link Reason#STALE_ON_ERROR} and {@link Reason#STALE_WHILE_LOADING}.
     */
    CacheBuilder<K, V> failSafe(Duration window);

    /** Which failures of the source {@link #failSafe} is for, by what the loader threw; by default all. */
    CacheBuilder<K, V> failSafeOn(Predicate<? super Throwable> failures);

    /**
     * What to answer where a load fails and there is nothing to fall back to ({@link Reason#DEFAULT_ON_ERROR}); by default
     * the caller gets the {@link SourceException}. It is not cached.
     */
    CacheBuilder<K, V> onError(Function<? super K, ? extends V> value);

    /**
     * How long a reader waits for the reload of an expired entry that {@link #failSafe} allows to serve; 100 ms by default,
     * zero: not at all. The load goes on.
     */
    CacheBuilder<K, V> softTimeout(Duration timeout);

    /** How long a reader waits for a load where there is nothing to fall back to; by default until it ends. It goes on. */
    CacheBuilder<K, V> hardTimeout(Duration timeout);

    /**
     * How long a load may take, 10 seconds by default: then it counts as failed, its thread is interrupted and its result
     * dropped. Another process that waits for it waits about this long at most.
     */
    CacheBuilder<K, V> loadTimeout(Duration timeout);

    /**
     * How many loads of this cache run at once in this process, 64 by default: so much the source has to bear when Redis is
     * away or empty. A bulk load is one. Further ones wait for as long as {@code loadTimeout} allows, its time included; when
     * 10,000 wait, more are refused. What a loader asks of caches on its own thread has a place already.
     *
     * @param atOnce from 1 to 10,000
     */
    CacheBuilder<K, V> maxLoads(int atOnce);

    /**
     * How long the failure of a load is remembered, so that the source is not asked for the same key at once again; 100 ms by
     * default, zero: not at all.
     */
    CacheBuilder<K, V> errorTtl(Duration ttl);

    /** How long "the source has none" is remembered; by default it is not. */
    CacheBuilder<K, V> nullTtl(Duration ttl);

    /**
     * Lets entries live on while they are read: each lives for {@code ttl} after its last read, give or take a half, and in all
     * for {@link #ttl} where that is set too.
     */
    CacheBuilder<K, V> slidingTtl(Duration ttl);

    /** Loads a value that is absent. */
    CacheBuilder<K, V> loader(Loader<? super K, ? extends V> loader);

    /** Loads a value that is absent, with a look at what was there. */
    CacheBuilder<K, V> loader(ContextLoader<? super K, V> loader);

    /** Loads a value that is absent, without holding a thread. */
    CacheBuilder<K, V> asyncLoader(AsyncLoader<? super K, V> loader);

    /** Loads many absent values at once. */
    CacheBuilder<K, V> bulkLoader(BulkLoader<K, V> loader);

    /** Loads many absent values at once, without holding a thread. */
    CacheBuilder<K, V> asyncBulkLoader(AsyncBulkLoader<K, V> loader);

    /**
     * Lets {@link Cache#put}, {@link Cache#putAll} and {@link Cache#remove} write to the source too, in the way {@code writes}
     * says.
     */
    CacheBuilder<K, V> writer(SourceWriter<? super K, ? super V> writer, Writes writes);

    /** Names the tags of a value. */
    CacheBuilder<K, V> tags(BiFunction<? super K, ? super V, Set<String>> tags);

    /** When entries are reloaded before they expire. */
    CacheBuilder<K, V> refresh(Refresh refresh);

    /**
     * How much older than Redis an answer of the local tier in front of it may be; the setting {@code maxStaleness} of the
     * service by default. Zero: nothing is kept in this process, and every read asks Redis.
     */
    CacheBuilder<K, V> maxStaleness(Duration bound);

    /** Which tiers are used. */
    CacheBuilder<K, V> tiers(Tiers tiers);

    /** The bound of the local tier in front of Redis. */
    CacheBuilder<K, V> localMaxMemory(long bytes);

    /** What a read without a loader does when the tier that knows cannot answer. */
    CacheBuilder<K, V> onUnavailable(OnUnavailable choice);

    /**
     * What a write does when Redis does not take it; {@link WritesWhileUnavailable#FAIL} by default. {@code LOCAL_ONLY} needs a
     * source, since what is kept here alone ends with the outage, local copies, and no writer.
     */
    CacheBuilder<K, V> writesWhileUnavailable(WritesWhileUnavailable choice);

    /** Names the whole Redis key, for keys shared with other programs. */
    CacheBuilder<K, V> redisKey(Function<? super K, String> key);

    /** How values are laid out in Redis. */
    CacheBuilder<K, V> format(EntryFormat format);

    /**
     * How values are compressed for Redis; the setting {@code compression} of the service by default. A cache that keeps its
     * entries in this process only compresses nothing.
     */
    CacheBuilder<K, V> compression(Compression choice);

    /** Writes values with {@code codec} instead of the one found for the type. */
    CacheBuilder<K, V> codec(io.cacheservice.spi.ValueCodec<V> codec);

    /**
     * The version of the shape of this cache's values, in place of the one that the codec says ({@link
     * io.cacheservice.spi.ValueCodec#schema}, mostly 0): raise it when old bytes would be read as wrong values. Entries of
     * another schema are misses but for those that {@link #migrate(int, Class, Function) migrate} reads, and loads never replace
     * entries of a higher one.
     *
     * @param schema from 0 to 2^31 - 1
     */
    CacheBuilder<K, V> schema(int schema);

    /**
     * Reads entries of another schema too: as values of {@code type}, of which {@code migration} makes one of today. So a new
     * version of a program begins with what the old one has cached; or, an old one is made to read what the new one will write.
     * Such an entry is a hit, counted in {@link CacheStats#migrated}, and stays in Redis as it is until it is loaded anew. Where
     * {@code migration} throws or gives null, it is a miss as what cannot be decoded is.
     *
     * @param schema of those entries; not this cache's own
     * @param type as which the codec found for it reads them, with the id that those entries have
     * @param migration must be quick, and safe for use by many threads; it is asked at each read that goes to Redis
     * @throws CacheConfigException when there is no codec for {@code type}, or the schema has a migration already
     */
    <O> CacheBuilder<K, V> migrate(int schema, Class<O> type, Function<? super O, ? extends V> migration);

    /**
     * The same for entries that {@code codec} reads.
     *
     * @param codec of which the schema is not asked
     */
    <O> CacheBuilder<K, V> migrate(
            int schema, io.cacheservice.spi.ValueCodec<O> codec, Function<? super O, ? extends V> migration);

    /** Runs loaders on the thread that asks, instead of the service's executor. */
    CacheBuilder<K, V> loadOnCaller();

    /**
     * Says that callers bring the loaders ({@link Cache#get(Object, Loader)}). So the cache has a source, and a removal that
     * Redis did not take is kept and made later, as in a cache with a loader of its own.
     */
    CacheBuilder<K, V> loadedByCallers();

    /**
     * Opens the cache, or returns the one already open under this name. Settings, the value's type and codec and the
     * library's own key codecs are compared; functions cannot be: the open cache keeps its own, and this builder's must do
     * the same.
     *
     * @throws CacheConfigException when the policy is wrong or the name is taken with another policy
     */
    Cache<K, V> open();
}
