package io.cacheservice.benchmarks;

import io.cacheservice.benchmarks.stampede.LoadedCache;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.CacheInterceptor;

/** A method with {@code @Cacheable}, behind the interceptor that {@code @EnableCaching} puts before it. */
final class SpringAnnotated {
    static final String CACHE = "outage";

    private SpringAnnotated() {}

    /** Calls {@code source} where {@code caches} has nothing, and where they fail if {@code errors} lets it. */
    static LoadedCache cache(LoadedCache source, CacheManager caches, CacheErrorHandler errors) {
        CacheInterceptor interceptor = new CacheInterceptor();
        interceptor.setCacheManager(caches);
        interceptor.setCacheOperationSource(new AnnotationCacheOperationSource());
        interceptor.setErrorHandler(errors);
        interceptor.afterPropertiesSet();
        interceptor.afterSingletonsInstantiated();
        ProxyFactory proxies = new ProxyFactory(new Repository(source));
        proxies.setInterfaces(LoadedCache.class);
        proxies.addAdvice(interceptor);
        return (LoadedCache) proxies.getProxy();
    }

    /** Public for the interceptor, which looks at public methods only. */
    public static final class Repository implements LoadedCache {
        private final LoadedCache source;

        Repository(LoadedCache source) {
            this.source = source;
        }

        @Override
        @Cacheable(CACHE)
        public @Nullable String get(String key) throws Exception {
            return source.get(key);
        }
    }
}
