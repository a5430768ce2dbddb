package io.cacheservice;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CacheServiceBuilderTest {
    private final CacheConfig redis =
            CacheConfig.builder().url("redis://127.0.0.1:1").build();

    @Test
    void withoutAModuleThatOpensARemoteTierTheErrorNamesIt() {
        assertThatThrownBy(() -> CacheService.open(redis))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("add the artifact io.cacheservice:cache-service-redis");
    }

    @Test
    void aGivenProviderOpensTheRemoteTierAndNoOtherIsLookedFor() {
        CacheServiceBuilder builder = CacheService.builder().config(redis).remoteTier((config, time, executor) -> {
            throw new CacheConfigException("asked with " + config.readTimeout());
        });

        assertThatThrownBy(builder::open)
                .isInstanceOf(CacheConfigException.class)
                .hasMessage("asked with PT0.05S");
    }
}
