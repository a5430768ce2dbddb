package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.BatchOutcome;
import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheServiceBuilder;
import io.cacheservice.spi.ValueCodec;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the code of users runs: never where the replies of Redis are read. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UsersCodeTest {
    private static final Executor RUNS_INSIDE = Runnable::run;

    private static RedisServer server;

    private final ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.command("FLUSHALL");
    }

    @Test
    void aLoaderMayReadOtherKeysWhereTheExecutorRunsItsTasksInsideExecute() {
        try (CacheService service = open(builder -> builder.executor(RUNS_INSIDE))) {
            Cache<String, String> others = service.cache("others", String.class).open();
            others.put("k", "other");
            Cache<String, String> cache = service.cache("names", String.class)
                    .loader(key -> {
                        threads.add(Thread.currentThread().getName());
                        return "loaded beside " + others.get("k");
                    })
                    .open();

            assertThat(cache.get("k")).isEqualTo("loaded beside other");
            assertThat(threads).hasSize(1).noneMatch(UsersCodeTest::isOfTheDriver);
        }
    }

    @Test
    void completionsDoNotRunOnTheIoThreadWhereTheExecutorRunsItsTasksInsideExecute() throws Exception {
        try (CacheService service = open(builder -> builder.executor(RUNS_INSIDE))) {
            for (int i = 0; i < 100; i++) {
                service.async()
                        .get("k" + i)
                        .thenAccept(value -> threads.add(Thread.currentThread().getName()))
                        .get(10, TimeUnit.SECONDS);
            }
            assertThat(threads).hasSize(100).noneMatch(UsersCodeTest::isOfTheDriver);
        }
    }

    private static boolean isOfTheDriver(String thread) {
        return thread.contains("lettuce")
                || thread.contains("epoll")
                || thread.contains("nio")
                || thread.contains("lane");
    }

    private static CacheService open(UnaryOperator<CacheServiceBuilder> seams) {
        return seams.apply(CacheService.builder()
                        .config(CacheConfig.builder()
                                .url(server.url())
                                .maxStaleness(Duration.ZERO) // each read asks Redis, and decodes
                                .readTimeout(Duration.ofSeconds(5))
                                .writeTimeout(Duration.ofSeconds(5))
                                .build()))
                .open();
    }

    @Test
    void noValueIsDecodedWhereRepliesAreRead() throws Exception {
        try (CacheService service = open(builder -> builder)) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .codec(new RecordingCodec(() -> {}))
                    .loader(key -> "loaded")
                    .open();
            cache.putAll(Map.of("a", "1", "b", "2"));

            assertThat(cache.get("a")).isEqualTo("1");
            assertThat(cache.lookup("a").valueOrNull()).isEqualTo("1");
            assertThat(cache.getAll(List.of("a", "b"))).containsEntry("b", "2");
            assertThat(cache.async().get("a").get(10, TimeUnit.SECONDS)).isEqualTo("1");
            assertThat(cache.async().getAll(List.of("a", "b")).get(10, TimeUnit.SECONDS))
                    .hasSize(2);
            assertThat(threads).hasSize(7).noneMatch(UsersCodeTest::isOfTheDriver);
        }
    }

    @Test
    void aCodecMayReadOtherKeys() {
        try (CacheService service = open(builder -> builder)) {
            Cache<String, String> others = service.cache("others", String.class).open();
            others.put("k", "other");
            Cache<String, String> cache = service.cache("names", String.class)
                    .codec(new RecordingCodec(() -> threads.add(String.valueOf(others.get("k")))))
                    .open();
            cache.put("k", "v");

            assertThat(cache.get("k")).isEqualTo("v");
            assertThat(threads).contains("other");
        }
    }

    @Test
    void aCodecThatThrowsAnErrorIsAMissForAReaderWithASource() {
        try (CacheService service = open(builder -> builder)) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .codec(new RecordingCodec(() -> {
                        throw new AssertionError("not one of mine");
                    }))
                    .loader(key -> "loaded")
                    .open();
            cache.put("k", "v");

            assertThat(cache.get("k")).isEqualTo("loaded");
            assertThat(cache.getAll(List.of("k"))).containsEntry("k", "loaded");
        }
    }

    @Test
    void aKeyFunctionThatFailsForOneKeyOfABatchFailsThatKeyAlone() {
        try (CacheService service = open(builder -> builder)) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .redisKey(key -> {
                        if (key.equals("b")) {
                            throw new IllegalStateException("no key for " + key);
                        }
                        return "own:" + key;
                    })
                    .open();
            Map<String, String> values = new LinkedHashMap<>();
            values.put("a", "1");
            values.put("b", "2");
            values.put("c", "3");

            BatchOutcome outcome = cache.putAll(values);

            assertThat(outcome.applied()).isEqualTo(2);
            assertThat(outcome.failures()).containsOnlyKeys("b");
            assertThat(outcome.failures().get("b")).hasMessageContaining("no key for b");
            assertThat(server.command("EXISTS", "own:a", "own:c")).isEqualTo(2L);
        }
    }

    @Test
    void aKeyFunctionMayNotMakeTwoKeysOne() {
        try (CacheService service = open(builder -> builder)) {
            Cache<String, String> cache = service.cache("names", String.class)
                    .redisKey(key -> key + "\ud800")
                    .open();
            Cache<String, String> empty =
                    service.cache("none", String.class).redisKey(key -> "").open();

            assertThatThrownBy(() -> cache.put("a", "1"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("surrogate");
            assertThatThrownBy(() -> empty.put("a", "1")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Texts; notes where it decodes, and does what the test wants there. */
    private final class RecordingCodec implements ValueCodec<String> {
        private final Runnable whenDecoding;

        RecordingCodec(Runnable whenDecoding) {
            this.whenDecoding = whenDecoding;
        }

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
            threads.add(Thread.currentThread().getName());
            whenDecoding.run();
            return new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
    }
}
