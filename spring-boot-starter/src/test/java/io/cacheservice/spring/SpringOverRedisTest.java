package io.cacheservice.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A program of Spring Boot over a real Redis: one context for all tests. */
class SpringOverRedisTest {
    private static final AtomicInteger IDS = new AtomicInteger();

    private static RedisServer redis;
    private static ConfigurableApplicationContext context;

    private final long id = IDS.incrementAndGet();
    private final User ada = new User(id, "Ada " + id);
    private UserDirectory directory;
    private int queriesBefore;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        context = new SpringApplicationBuilder(Program.class)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.main.web-application-type=none",
                        "spring.data.redis.url=" + redis.url(),
                        "cache-service.read-timeout=20s",
                        "cache-service.write-timeout=20s",
                        "cache-service.max-staleness=1m")
                .run();
    }

    @AfterAll
    static void stop() {
        context.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        directory = context.getBean(UserDirectory.class);
        directory.row(ada);
        queriesBefore = directory.queries();
    }

    @Test
    void aResultIsInRedis() {
        assertThat(directory.find(id)).isEqualTo(ada);
        assertThat(directory.find(id)).isEqualTo(ada);

        assertThat(queries()).isEqualTo(1);
        assertThat(redis.command("EXISTS", "cache:users:~long:" + id)).isEqualTo(1L);
    }

    @Test
    void allWaysOfAskingShareTheEntry() {
        assertThat(directory.findReactively(id).block()).isEqualTo(ada);

        assertThat(directory.find(id)).isEqualTo(ada);
        assertThat(directory.findOnce(id)).isEqualTo(ada);
        assertThat(directory.findOptional(id)).isEqualTo(Optional.of(ada));
        assertThat(directory.findLater(id).join()).isEqualTo(ada);
        assertThat(queries()).isEqualTo(1);
    }

    @Test
    void thatThereIsNoneIsRememberedByAllWaysOfAsking() {
        directory.remove(id);

        assertThat(directory.findLater(id).join()).isNull();
        assertThat(directory.find(id)).isNull();
        assertThat(directory.findOptional(id)).isEmpty();
        assertThat(directory.findReactively(id).block()).isNull();
        assertThat(queries()).isEqualTo(1);
    }

    @Test
    void severalResultsAreOneEntry() {
        assertThat(directory.named(ada.name(), 10).collectList().block()).containsExactly(ada);
        assertThat(directory.named(ada.name(), 10).collectList().block()).containsExactly(ada);

        assertThat(queries()).isEqualTo(1);
        assertThat(redis.command("EXISTS", "cache:users-by-name:~(" + ada.name() + ",~int:10)"))
                .isEqualTo(1L);
    }

    @Test
    void aDeletionByAnyClientIsHeard() {
        directory.find(id);
        redis.command("DEL", "cache:users:~long:" + id);

        Awaitility.await().untilAsserted(() -> {
            directory.find(id);
            assertThat(queries()).isGreaterThan(1);
        });
    }

    @Test
    void manyWhoAskAtOnceCallTheMethodOnce() throws Exception {
        int callers = 16;
        SlowReport report = context.getBean(SlowReport.class);
        CyclicBarrier start = new CyclicBarrier(callers);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return report.of(id);
                }));
            }
            report.open();
            for (Future<String> answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("report " + id);
            }
            assertThat(report.calls()).isEqualTo(1);
        } finally {
            report.open();
            threads.shutdownNow();
        }
    }

    @Test
    void everyEntryOfACacheCanBeEvicted() {
        directory.find(id);
        directory.removeAll(List.of(id));

        assertThat(directory.find(id)).isNull();
    }

    @Test
    void healthTellsOfTheConnections() {
        Health health = context.getBean(CacheServiceHealthIndicator.class).health();

        assertThat(health.getDetails()).containsEntry("redis", "there").containsKey("connections");
    }

    @Test
    void theServiceCanBeInjectedForTypedCaches() {
        assertThat(context.getBean(CacheService.class).get("no-such-key")).isNull();
    }

    private int queries() {
        return directory.queries() - queriesBefore;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    static class Program {
        @Bean
        UserDirectory directory() {
            return new UserDirectory();
        }

        @Bean
        SlowReport report() {
            return new SlowReport();
        }
    }

    static class SlowReport {
        private final CountDownLatch gate = new CountDownLatch(1);
        private final AtomicInteger calls = new AtomicInteger();

        public int calls() {
            return calls.get();
        }

        public void open() {
            gate.countDown();
        }

        @Cacheable(cacheNames = "reports", sync = true)
        public String of(long id) throws InterruptedException {
            calls.incrementAndGet();
            gate.await();
            return "report " + id;
        }
    }
}
