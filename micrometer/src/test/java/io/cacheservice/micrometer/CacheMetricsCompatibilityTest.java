package io.cacheservice.micrometer;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinderCompatibilityKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Micrometer's own requirements of a cache binder. */
class CacheMetricsCompatibilityTest extends CacheMeterBinderCompatibilityKit<Cache<String, String>> {
    private @Nullable CacheService service;

    @Override
    public Cache<String, String> createCache() {
        service = CacheService.open(CacheConfig.builder().build());
        return service.cache("mycache", String.class).open();
    }

    @Override
    public void dereferenceCache() {
        super.dereferenceCache();
        closeService();
    }

    @AfterEach
    void closeService() {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    @Override
    public CacheMeterBinder<Cache<String, String>> binder() {
        return new CacheMetrics<>(cache, Tags.empty());
    }

    @Override
    public void put(String key, String value) {
        cache.put(key, value);
    }

    @Override
    public @Nullable String get(String key) {
        return cache.get(key);
    }
}
