package io.cacheservice.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
import io.cacheservice.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How fast a removal by prefix goes, on a clock that the test moves. */
class PrefixRemovalPaceTest {
    private static final int KEYS = 24;
    private static final int KEYS_PER_SECOND = 20;
    private static final int KEYS_AT_ONCE = 2;

    private final ManualTime time = new ManualTime();
    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    private CacheService service;

    /** How many keys were done when. */
    private record Told(long done, double seconds) {}

    @BeforeEach
    void fill() {
        service = CacheService.builder()
                .config(CacheConfig.builder().build())
                .time(time)
                .open();
        for (int i = 0; i < KEYS; i++) {
            service.set("city:" + i, "v".getBytes(UTF_8), Duration.ofHours(1));
        }
    }

    @AfterEach
    void close() {
        service.close();
    }

    private CompletableFuture<PrefixRemovalReport> begin() {
        long begunNanos = time.nanoTime();
        return service.async()
                .deleteByPrefix(
                        "city:",
                        PrefixRemovalOptions.defaults().withKeysPerSecond(KEYS_PER_SECOND),
                        soFar -> told.add(new Told(soFar.done(), (time.nanoTime() - begunNanos) / 1e9)));
    }

    @Test
    void noMoreKeysThanTheRateGoInASecond() {
        CompletableFuture<PrefixRemovalReport> removal = begin();

        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
            time.advance(Duration.ofMillis(10));
            return removal.isDone();
        });

        assertThat(removal.join().removed()).isEqualTo(KEYS);
        assertThat(told)
                .allSatisfy(moment -> assertThat(moment.done())
                        .isLessThanOrEqualTo((long) (KEYS_PER_SECOND * moment.seconds()) + KEYS_AT_ONCE));
    }

    @Test
    void timeThatWasLostIsNotMadeUpFor() {
        CompletableFuture<PrefixRemovalReport> removal = begin();
        Awaitility.await().until(() -> told.size() == 1);
        time.advance(Duration.ofMinutes(1));
        Awaitility.await().until(() -> told.size() == 2);

        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
            time.advance(Duration.ofMillis(10));
            return removal.isDone();
        });

        double secondsAtTheEnd = told.get(told.size() - 1).seconds();
        assertThat(secondsAtTheEnd - 60).isGreaterThanOrEqualTo((KEYS - 2.0 * KEYS_AT_ONCE) / KEYS_PER_SECOND);
    }
}
