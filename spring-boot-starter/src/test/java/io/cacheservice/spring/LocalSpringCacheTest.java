package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalSpringCacheTest extends SpringCacheContract {
    private static CacheService service;

    @BeforeAll
    static void start() {
        service = CacheService.open(CacheConfig.builder().build());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Override
    CacheService service() {
        return service;
    }

    @Test
    void whereNullsAreNotRememberedAPutOfNullRemoves() {
        try (CacheService own = CacheService.open(CacheConfig.builder().build())) {
            CacheServiceCache cache = Opened.withoutNulls(own);
            cache.put("1", new User(1, "Ada"));
            cache.put("1", null);

            assertThat(cache.get("1")).isNull();
        }
    }
}
