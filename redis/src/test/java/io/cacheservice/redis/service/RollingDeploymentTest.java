package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.internal.entry.Decoded;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.spi.ValueCodec;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
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

    @Test
    void anEntryOfAnotherSchemaIsReadByItsMigrationAndStaysAsItIs() {
        Cache<String, String> old = cache(older, 1);
        Cache<String, String> young =
                builder(newer, 2).migrate(1, new Texts(0), String::toUpperCase).open();
        old.put("k", "old shape");

        assertThat(young.get("k")).isEqualTo("OLD SHAPE");
        assertThat(young.getAll(List.of("k"))).containsEntry("k", "OLD SHAPE");
        assertThat(old.get("k", ReadOptions.latest())).isEqualTo("old shape");
        assertThat(loads).hasValue(0);
        assertThat(young.stats().misses()).isZero();
        assertThat(young.stats().migrated()).isEqualTo(1);
    }

    @Test
    void aRefreshWritesAMigratedEntryInTheShapeOfToday() {
        Cache<String, String> young =
                builder(newer, 2).migrate(1, new Texts(0), String::toUpperCase).open();
        cache(older, 1).put("k", "old shape");
        young.refresh("k");

        Awaitility.await().until(() -> schemaInRedis() == 2);
        assertThat(young.get("k")).isEqualTo("loaded by 2");
    }

    @Test
    void anEntryWhoseMigrationFailsIsACountedMissAndTheLoadReplacesIt() {
        Cache<String, String> young = builder(newer, 2)
                .migrate(1, new Texts(0), text -> {
                    throw new IllegalArgumentException("cannot be made of " + text);
                })
                .open();
        cache(older, 1).put("k", "old shape");

        assertThat(young.lookup("k").reason()).isEqualTo(Reason.LOADED);
        assertThat(young.get("k")).isEqualTo("loaded by 2");
        assertThat(loads).hasValue(1);
        assertThat(young.stats().undecodable()).isEqualTo(1);
        assertThat(young.stats().migrated()).isZero();
        assertThat(schemaInRedis()).isEqualTo(2);
    }

    @Test
    void aMigrationReadsNothingOfAnotherCodec() {
        Cache<String, String> young =
                builder(newer, 2).migrate(1, String.class, String::toUpperCase).open();
        cache(older, 1).put("k", "old shape");

        assertThat(young.get("k")).isEqualTo("loaded by 2");
    }

    @Test
    void anOlderProgramMayReadWhatTheNewerOneWroteAndReplacesItNeitherByARefreshNorByALoad() {
        Cache<String, String> old =
                builder(older, 1).migrate(2, new Texts(0), String::toLowerCase).open();
        Cache<String, String> young = cache(newer, 2);
        young.put("k", "NEW SHAPE");

        assertThat(old.get("k")).isEqualTo("new shape");
        old.refresh("k");
        Awaitility.await().until(() -> old.stats().loads().refreshesLeft() == 1);
        assertThat(loads).hasValue(0);

        young.expire("k");
        Awaitility.await().until(() -> "loaded by 1".equals(old.get("k", ReadOptions.latest())));
        assertThat(schemaInRedis()).isEqualTo(2);
    }

    private int schemaInRedis() {
        byte[] bytes = (byte[]) Objects.requireNonNull(server.commandBytes(
                "GET".getBytes(StandardCharsets.UTF_8), "cache:names:k".getBytes(StandardCharsets.UTF_8)));
        return ((Decoded.Stored) EntryCodec.decode(bytes, 100)).header().schema();
    }

    private Cache<String, String> cache(CacheService service, int schema) {
        return builder(service, schema).open();
    }

    private CacheBuilder<String, String> builder(CacheService service, int schema) {
        return service.cache("names", String.class)
                .codec(new Texts(0))
                .schema(schema)
                .failSafe(Duration.ofHours(1))
                .loader(key -> {
                    loads.incrementAndGet();
                    return "loaded by " + schema;
                });
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
