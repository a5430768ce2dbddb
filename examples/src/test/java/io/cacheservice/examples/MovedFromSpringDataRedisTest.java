package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.examples.MovedFromSpringDataRedis.Book;
import io.cacheservice.testkit.RedisServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class MovedFromSpringDataRedisTest {
    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void whatTheOthersWroteIsRead() {
        redis.command("SET", "books::1", "{\"isbn\":\"1\",\"title\":\"from the others\"}");

        assertThat(read("1")).isEqualTo(new Book("1", "from the others"));
    }

    @Test
    void whatItWritesTheOthersCanRead() {
        assertThat(read("2")).isEqualTo(new Book("2", "from the database"));

        assertThat(redis.command("GET", "books::2")).isEqualTo("{\"isbn\":\"2\",\"title\":\"from the database\"}");
    }

    private static @Nullable Book read(String isbn) {
        return MovedFromSpringDataRedis.run(
                CacheConfig.builder().url(redis.url()).build(), isbn);
    }
}
