package io.cacheservice.micrometer;

import io.cacheservice.Cache;
import io.cacheservice.CacheStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binds one {@link Cache} to a registry, with its name as the tag {@code cache}. For all caches of a service, whenever they
 * are opened, see {@link CacheServiceMetrics}; bind a cache with one of the two.
 *
 * <p>Holds the cache weakly. Safe for use by many threads.
 *
 * @param <K> the cache's key
 * @param <V> the cache's value
 */
public final class CacheMetrics<K, V> extends CacheMeterBinder<Cache<K, V>> {
    /** The meters of {@code cache}, each with {@code tags}. */
    public CacheMetrics(Cache<K, V> cache, Iterable<Tag> tags) {
        super(cache, cache.name(), tags);
    }

    /** Entries in the local tier. */
    @Override
    protected Long size() {
        return count(cache -> cache.stats().localEntries());
    }

    @Override
    protected long hitCount() {
        return count(cache -> cache.stats().hitCount());
    }

    @Override
    protected Long missCount() {
        return count(cache -> cache.stats().misses());
    }

    @Override
    protected Long evictionCount() {
        return count(cache -> CacheMeters.evictions(cache.stats()));
    }

    @Override
    protected long putCount() {
        return count(cache -> cache.stats().puts());
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        Cache<K, V> cache = getCache();
        if (cache != null) {
            StatsSource<Cache<K, V>, CacheStats> source =
                    new StatsSource<>(cache, Cache::stats, StatsSource.NOTHING, System::nanoTime);
            CacheMeters.bindOwn(new Meters<>(registry, Tags.of(getTagsWithCacheName()), cache, source::stats));
        }
    }

    private long count(ToLongFunction<Cache<K, V>> count) {
        @Nullable Cache<K, V> cache = getCache();
        return cache == null ? 0 : count.applyAsLong(cache);
    }
}
