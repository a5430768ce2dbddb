package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.testkit.RedisServer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedSessionTest {
    @Test
    void aSessionIsThereWithWhatWasPutIntoItLast() {
        try (RedisServer redis = RedisServer.start()) {
            CacheConfig config = CacheConfig.builder().url(redis.url()).build();

            assertThat(SharedSession.run(config)).isEqualTo(new SharedSession.Session("ada", List.of("book")));
        }
    }
}
