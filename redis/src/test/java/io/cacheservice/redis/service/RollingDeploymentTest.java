package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.spi.ValueCodec;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two versions of a program side by side, with two shapes of the same type. */
class RollingDeploymentTest {
    private final RedisServer server = RedisServer.start();
    private final CacheService older = open();
    private final CacheService newer = open();
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void stop() {
        older.close();
        newer.close();
        server.close();
    }

    @Test
    void aLoadOfTheOlderProgramNeverReplacesWhatTheNewerOneWrote() {
        Cache<String, String> old = cache(older, 1);
        Cache<String, String> young = cache(newer, 2);
        young.put("k", "new shape");

        assertThat(old.get("k")).isEqualTo("loaded by 1");
        assertThat(old.getAll(List.of("k"))).containsEntry("k", "loaded by 1");
        assertThat(young.get("k")).isEqualTo("new shape");
    }

    @Test
    void aLoadOfTheNewerProgramReplacesWhatTheOlderOneWrote() {
        Cache<String, String> old = cache(older, 1);
        Cache<String, String> young = cache(newer, 2);
        old.put("k", "old shape");

        assertThat(young.get("k")).isEqualTo("loaded by 2");
        assertThat(young.get("k")).isEqualTo("loaded by 2");
        assertThat(loads).hasValue(1);
    }

    @Test
    void aWriteOfTheOlderProgramsUserReplacesAll() {
        Cache<String, String> old = cache(older, 1);
        cache(newer, 2).put("k", "new shape");
        old.put("k", "old shape");

        assertThat(old.get("k")).isEqualTo("old shape");
    }

    private Cache<String, String> cache(CacheService service, int schema) {
        return service.cache("names", String.class)
                .codec(new Texts(schema))
                .loader(key -> {
                    loads.incrementAndGet();
                    return "loaded by " + schema;
                })
                .open();
    }

    private CacheService open() {
        return CacheService.open(CacheConfig.builder()
                .url(server.url())
                .readTimeout(Duration.ofSeconds(5))
                .writeTimeout(Duration.ofSeconds(5))
                .build());
    }

    private record Texts(int schema) implements ValueCodec<String> {
        @Override
        public int id() {
            return 200;
        }

        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes, int offset, int length) {
            return new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
    }
}
