package io.cacheservice.spring;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.Cache;
import org.springframework.cache.support.AbstractCacheManager;

/**
 * Spring's caches over one service. Caches that properties or annotated methods name are opened when all beans are there, so
 * that what is wrong with them stops the start; others at their first use. Safe for use by many threads.
 */
final class CacheServiceCacheManager extends AbstractCacheManager implements SmartInitializingSingleton {
    private final CacheOpener opener;
    private final ValueTypes types;
    private final Set<String> names;
    private final UnaryOperator<Cache> decoration;

    /**
     * @param names the caches there are from the start
     * @param decoration put around each cache
     */
    CacheServiceCacheManager(
            CacheOpener opener, ValueTypes types, Collection<String> names, UnaryOperator<Cache> decoration) {
        this.opener = opener;
        this.types = types;
        this.names = new TreeSet<>(names);
        this.decoration = decoration;
    }

    @Override
    protected Collection<Cache> loadCaches() {
        return names.stream().map(this::newCache).toList();
    }

    @Override
    protected Cache getMissingCache(String name) {
        return newCache(name);
    }

    private Cache newCache(String name) {
        return new CacheServiceCache(name, opener.policy(name).failsWhenUnavailable(), () -> opener.open(name));
    }

    @Override
    protected Cache decorateCache(Cache cache) {
        return decoration.apply(cache);
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (String name : types.cacheNames()) {
            Cache cache = getCache(name);
            if (cache != null) {
                cache.getNativeCache();
            }
        }
    }
}
