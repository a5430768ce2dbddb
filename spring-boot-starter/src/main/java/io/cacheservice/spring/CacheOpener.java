package io.cacheservice.spring;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheService;
import io.cacheservice.Refresh;
import io.cacheservice.TypeRef;
import java.util.List;
import java.util.Map;

/** Opens the caches behind Spring's, each with its properties and what customizers add. */
final class CacheOpener {
    private final CacheService service;
    private final ValueTypes types;
    private final Map<String, CachePolicy> policies;
    private final List<CacheCustomizer> customizers;

    CacheOpener(
            CacheService service,
            ValueTypes types,
            Map<String, CachePolicy> policies,
            List<CacheCustomizer> customizers) {
        this.service = service;
        this.types = types;
        this.policies = Map.copyOf(policies);
        this.customizers = List.copyOf(customizers);
    }

    CachePolicy policy(String name) {
        return policies.getOrDefault(name, CachePolicy.DEFAULTS);
    }

    /**
     * Opens the cache.
     *
     * @throws io.cacheservice.CacheConfigException when its policy is wrong or nobody says of which type its values are
     */
    Cache<Object, Object> open(String name) {
        @SuppressWarnings("unchecked") // Spring's caches are of objects; the codec refuses those of other types
        TypeRef<Object> type = (TypeRef<Object>) types.of(name);
        CacheBuilder<Object, Object> builder = service.cache(name, new SpringKeys(name), type);
        policy(name).applyTo(builder, service.config().defaultTtl());
        // A method runs with what its caller's thread carries: the transaction, the user, the request.
        builder.loadOnCaller().loadedByCallers();
        // So it is not called when nobody asks either.
        builder.refresh(Refresh.none());
        customizers.forEach(customizer -> customizer.customize(name, builder));
        return builder.open();
    }
}
