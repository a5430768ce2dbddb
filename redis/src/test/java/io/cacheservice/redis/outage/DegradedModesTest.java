package io.cacheservice.redis.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cacheservice.Cache;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.Tiers;
import io.cacheservice.WriteOutcome;
import io.cacheservice.redis.outage.Site.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of what happens in {@code docs/outages.md}, row by row, on a real server. */
class DegradedModesTest {
    private static final PreWarmOptions WARM = PreWarmOptions.defaults();

    private final AtomicInteger loads = new AtomicInteger();

    static Stream<Outage> away() {
        return outages(
                "refused",
                "black hole",
                "delay of 1 s",
                "wrong type of reply",
                "garbage",
                "kill -9",
                "LOADING",
                "NOAUTH after rotation",
                "no connection left",
                "expired certificate");
    }

    static Stream<Outage> readOnly() {
        return outages("READONLY");
    }

    static Stream<Outage> full() {
        return outages("full (OOM)");
    }

    private static Stream<Outage> outages(String... names) {
        List<String> wanted = List.of(names);
        List<Outage> found = Outage.ALL.stream()
                .filter(outage -> wanted.contains(outage.name()))
                .toList();
        assertThat(found).hasSize(names.length);
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("away")
    void whileRedisIsAwayTheSourceAnswersWritesFailAndInvalidationsWait(Outage outage) {
        struck(outage, (sourced, sole) -> {
            assertOnlyTheSourceAnswers(sourced, sole);
            int before = loads.get();
            PreWarmReport report = sourced.preWarm(List.of("k5", "new"), WARM, (soFar, total) -> {});
            assertThat(report.failed()).containsOnlyKeys("k5", "new");
            assertThat(loads).hasValue(before);
        });
    }

    @ParameterizedTest
    @MethodSource("readOnly")
    void whoIsNoMasterAnyMoreIsNotBelieved(Outage outage) {
        struck(outage, DegradedModesTest::assertOnlyTheSourceAnswers);
    }

    private static void assertOnlyTheSourceAnswers(Cache<String, String> sourced, Cache<String, String> sole) {
        Awaitility.await().until(() -> "source".equals(sourced.get("k1")));
        assertThat(sourced.get("k1")).isEqualTo("source");
        assertFailsToReach(catchThrowable(() -> sole.get("k1")));
        assertFailsToReach(catchThrowable(() -> sole.put("k2", "new")));
        assertThat(sourced.invalidate("k3")).isEqualTo(WriteOutcome.QUEUED);
        assertThat(sourced.clear()).isEqualTo(WriteOutcome.QUEUED);
    }

    private static void assertFailsToReach(Throwable failure) {
        assertThat(failure).isInstanceOfAny(CacheConnectionException.class, CacheTimeoutException.class);
    }

    @ParameterizedTest
    @MethodSource("full")
    void aFullRedisAnswersAndTakesRemovalsAndNothingElse(Outage outage) {
        struck(outage, (sourced, sole) -> {
            assertThat(sourced.get("k1")).isEqualTo("redis");
            assertThat(sole.get("k1")).isEqualTo("redis");
            assertThat(catchThrowable(() -> sole.put("k2", "new"))).isInstanceOf(CacheMemoryException.class);
            assertThat(sourced.invalidate("k3")).isEqualTo(WriteOutcome.APPLIED);
            assertThat(sourced.get("new")).isEqualTo("source");
            PreWarmReport report = sourced.preWarm(List.of("k5", "other"), WARM, (soFar, total) -> {});
            assertThat(report.present()).isEqualTo(1);
            assertThat(report.loaded()).isEqualTo(1);
            assertThat(sourced.clear()).isEqualTo(WriteOutcome.APPLIED);
        });
    }

    private interface During {
        void look(Cache<String, String> sourced, Cache<String, String> sole);
    }

    private void struck(Outage outage, During during) {
        try (Site site = Kind.STANDALONE.start();
                CacheService service = CacheService.open(
                        site.config().readTimeout(Duration.ofMillis(500)).build())) {
            Cache<String, String> sourced = service.cache("sourced", String.class)
                    .tiers(Tiers.REMOTE_ONLY)
                    .loader(key -> {
                        loads.incrementAndGet();
                        return "source";
                    })
                    .open();
            Cache<String, String> sole =
                    service.cache("sole", String.class).tiers(Tiers.REMOTE_ONLY).open();
            for (int i = 0; i < 10; i++) {
                sourced.put("k" + i, "redis");
                sole.put("k" + i, "redis");
            }
            Runnable repair = outage.strike().apply(site);
            try {
                during.look(sourced, sole);
            } finally {
                repair.run();
            }
            Awaitility.await().ignoreExceptions().untilAsserted(() -> {
                assertThat(service.stats().journaled()).isZero();
                sole.put("k2", "after");
                assertThat(sole.get("k2")).isEqualTo("after");
            });
        }
    }
}
