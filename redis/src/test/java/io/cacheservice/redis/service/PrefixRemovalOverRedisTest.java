package io.cacheservice.redis.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Removing by prefix while Redis, or somebody else, does something in the middle of it. */
class PrefixRemovalOverRedisTest {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final PrefixRemovalOptions IN_PIECES =
            PrefixRemovalOptions.defaults().withKeysPerSecond(500);

    private final RedisServer redis = RedisServer.builder()
            .user("app on >secret ~* &* +@all")
            .persistent()
            .start();
    private final CacheService service = open();

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @Test
    void copiesInOtherProcessesEnd() {
        fill(20);
        try (CacheService other = open()) {
            other.get("city:1");

            service.deleteByPrefix("city:");

            Awaitility.await().until(() -> other.get("city:1") == null);
        }
    }

    @Test
    void keysOfOtherProgramsAreLeftAlone() {
        fill(3);
        redis.command("SET", "city:1", "another program's");
        redis.command("SET", "cache:city:1", "a typed cache's");

        service.deleteByPrefix("city:");

        assertThat(redis.command("GET", "city:1")).isEqualTo("another program's");
        assertThat(redis.command("GET", "cache:city:1")).isEqualTo("a typed cache's");
        assertThat(redis.command("EXISTS", "cache::city:1")).isEqualTo(0L);
    }

    @Test
    void aRemovalThatRedisRefusesInTheMiddleIsReportedWithTheFirstKeys() {
        fill(400);

        PrefixRemovalReport report = service.deleteByPrefix(
                "city:", IN_PIECES, once(() -> redis.command("ACL", "SETUSER", "app", "-del", "-unlink")));

        assertThat(report.done()).isEqualTo(400);
        assertThat(report.removed()).isPositive();
        assertThat(report.failed()).isGreaterThan(PrefixRemovalReport.MOST_FAILURES);
        assertThat(report.failures()).hasSize(PrefixRemovalReport.MOST_FAILURES);
        assertThat(report.complete()).isFalse();
        assertThat(redis.command("DBSIZE")).isEqualTo(report.failed());
    }

    @Test
    void removalsThatAnOutageKeptFromRedisAreDeliveredAfterItWhereTheKeysHaveASource() {
        fill(1_000);
        service.source("city:*", key -> "loaded".getBytes(UTF_8));
        AtomicReference<PrefixRemovalReport> told = new AtomicReference<>();

        assertThatThrownBy(() -> service.deleteByPrefix(
                        "city:", IN_PIECES, once(redis::kill).andThen(told::set)))
                .isInstanceOf(CacheException.class);

        PrefixRemovalReport soFar = Objects.requireNonNull(told.get(), "progress");
        assertThat(soFar.removed()).isPositive();
        assertThat(soFar.queued()).isPositive();
        assertThat(soFar.failed()).isZero();
        redis.restart();
        Awaitility.await()
                .untilAsserted(() -> assertThat(redis.command("DBSIZE")).isEqualTo(1_000 - soFar.done()));
    }

    @Test
    void aServerThatBeganANewLifeInTheMiddleIsNamedAsNotWhollyListed() {
        fill(1_000);

        PrefixRemovalReport report = service.deleteByPrefix("city:", IN_PIECES, once(redis::restart));

        assertThat(report.complete()).isFalse();
        assertThat(report.unlisted())
                .singleElement()
                .satisfies(unlisted -> assertThat(unlisted.why()).contains("started anew"));
    }

    private static Consumer<PrefixRemovalReport> once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return soFar -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    private void fill(int keys) {
        Map<String, byte[]> entries = new HashMap<>();
        for (int i = 0; i < keys; i++) {
            entries.put("city:" + i, "v".getBytes(UTF_8));
        }
        assertThat(service.setAll(entries, LIFE).complete()).isTrue();
    }

    private CacheService open() {
        return CacheService.open(CacheConfig.builder()
                .url("redis://app:secret@127.0.0.1:" + redis.port())
                .readTimeout(Duration.ofSeconds(1))
                .writeTimeout(Duration.ofSeconds(1))
                .build());
    }
}
