package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import org.junit.jupiter.api.Test;

final class MovedFromSpringDataRedisTest {
    @Test
    void theBookIsReadThroughTheCache() {
        assertThat(MovedFromSpringDataRedis.run(CacheConfig.builder().build(), "1"))
                .isEqualTo(new MovedFromSpringDataRedis.Book("1", "from the database"));
    }
}
