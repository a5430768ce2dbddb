package io.cacheservice.redis.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheServiceBuilder;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
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
                                .readTimeout(Duration.ofSeconds(5))
                                .writeTimeout(Duration.ofSeconds(5))
                                .build()))
                .open();
    }
}
