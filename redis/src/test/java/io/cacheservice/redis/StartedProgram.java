package io.cacheservice.redis;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import java.time.Duration;

/** A program that stores a value in Redis and is answered by Redis. */
final class StartedProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private StartedProgram() {}

    /** With the URL of a Redis. */
    public static void main(String[] arguments) {
        CacheConfig config = CacheConfig.builder()
                .url(arguments[0])
                .readTimeout(PATIENCE)
                .writeTimeout(PATIENCE)
                .build();
        try (CacheService service = CacheService.open(config)) {
            Cache<String, String> cache = service.cache("start", String.class).open();
            cache.put("key", "value");
            System.out.println(cache.get("key"));
        }
    }
}
