package io.cacheservice.benchmarks.start.program;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A typed cache of Cache Service. */
final class OfCacheService {
    /** As patient as the others are by default. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private OfCacheService() {}

    static @Nullable String local() {
        return answer(CacheConfig.builder().build());
    }

    /** Both tiers. A write leaves no local copy: it is Redis that answers. */
    static @Nullable String redis(int port) {
        return answer(CacheConfig.builder()
                .host(FirstAnswer.LOOPBACK)
                .port(port)
                .readTimeout(TIMEOUT)
                .writeTimeout(TIMEOUT)
                .build());
    }

    private static @Nullable String answer(CacheConfig config) {
        CacheService service = CacheService.open(config);
        Cache<String, String> cache = service.cache("start", String.class)
                .ttl(Duration.ofSeconds(FirstAnswer.LIFE_SECONDS))
                .open();
        cache.put(FirstAnswer.KEY, FirstAnswer.VALUE);
        return cache.get(FirstAnswer.KEY);
    }
}
