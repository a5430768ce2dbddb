package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryFormat;
import io.cacheservice.KeyCodec;
import io.cacheservice.Lookup;
import io.cacheservice.TypeRef;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache of format RAW shares plain values with programs that know nothing of this library. */
class RawFormatTest {
    private static RedisServer server;

    private CacheService service;
    private Cache<Long, String> names;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        server.command("FLUSHALL");
        service = CacheService.open(CacheConfig.builder()
                .url(server.url())
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10))
                .build());
        names = service.cache("names", KeyCodec.longs(), TypeRef.of(String.class))
                .redisKey(id -> "user:" + id + ":name")
                .format(EntryFormat.RAW)
                .ttl(Duration.ofMinutes(5))
                .open();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void anotherProgramReadsThePlainValueUnderThePlainKeyWithItsLife() {
        names.put(7L, "Ada");

        assertThat(server.command("GET", "user:7:name")).isEqualTo("Ada");
        assertThat(Ask.number(server, "PTTL", "user:7:name")).isBetween(240_000L, 300_000L);
    }

    @Test
    void whatAnotherProgramWroteIsRead() {
        server.command("SET", "user:7:name", "Grace", "PX", "60000");

        Lookup<String> lookup = names.lookup(7L);
        assertThat(lookup.valueOrNull()).isEqualTo("Grace");
        assertThat(((Lookup.Hit<String>) lookup).remaining())
                .hasValueSatisfying(life -> assertThat(life).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60)));
    }

    @Test
    void anEmptyValueIsAValue() {
        server.command("SET", "user:7:name", "");

        assertThat(names.get(7L)).isEmpty();
        assertThat(names.getAll(java.util.List.of(7L, 8L))).containsOnlyKeys(7L);
    }

    @Test
    void bytesThatAreNotAValueAreACountedMiss() {
        server.commandBytes(
                "SET".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                "user:7:name".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                new byte[] {(byte) 0xff, (byte) 0xfe});
        server.command("LPUSH", "user:8:name", "a list");

        assertThat(names.get(7L)).isNull();
        assertThat(names.get(8L)).isNull();
        assertThat(names.stats().undecodable()).isEqualTo(2);
    }
}
