package io.cacheservice.redis.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** An hour with a sample each minute, if nothing else is said. */
class LedgerTest {
    private static final double MEGABYTE = 1_000_000;

    private final Random random = new Random(1);

    private static Ledger sampled(String name, int samples, IntToDoubleFunction values) {
        Ledger ledger = new Ledger();
        for (int i = 0; i < samples; i++) {
            ledger.add("JVM 0", i * 60, new Vitals(Map.of(name, (long) values.applyAsDouble(i))));
        }
        return ledger;
    }

    private static Ledger hour(String name, IntToDoubleFunction values) {
        return sampled(name, 60, values);
    }

    @Test
    void whatStaysIsFlat() {
        assertThat(hour("threads", i -> 23 + i % 2).grown()).isEmpty();
        assertThat(hour("journaled", i -> 0).grown()).isEmpty();
    }

    @Test
    void whatVariesWithoutADirectionIsFlat() {
        assertThat(hour("heap_bytes", i -> 20 * MEGABYTE + random.nextGaussian() * 300_000)
                        .grown())
                .isEmpty();
        assertThat(hour("used_memory", i -> 2 * MEGABYTE + (i % 13) * 50_000).grown())
                .isEmpty();
    }

    @Test
    void whatRisesInTheFirstHalfAloneIsFlat() {
        assertThat(hour("heap_bytes", i -> Math.min(i, 29) * MEGABYTE).grown()).isEmpty();
    }

    @Test
    void whatFallsIsFlat() {
        assertThat(hour("handles", i -> 500 - i).grown()).isEmpty();
    }

    @Test
    void someSamplesThatStandOutAreNoGrowth() {
        assertThat(hour("threads", i -> i > 50 && i % 4 == 0 ? 1_000 : 23).grown())
                .isEmpty();
    }

    @Test
    void aThreadInTenMinutesIsFound() {
        assertThat(hour("threads", i -> 30 + i / 10).grown()).containsExactly("JVM 0 threads");
    }

    @Test
    void anOpenFileInTenMinutesIsFoundAmongOthersThatComeAndGo() {
        assertThat(hour("handles", i -> 70 + random.nextInt(3) + i / 7.0).grown())
                .containsExactly("JVM 0 handles");
    }

    @Test
    void aKilobyteInASecondIsFoundUnderTheNoiseOfCollections() {
        assertThat(hour("heap_bytes", i -> 12 * MEGABYTE + i * 60_000 + random.nextGaussian() * 300_000)
                        .grown())
                .containsExactly("JVM 0 heap_bytes");
    }

    @Test
    void aConnectionInAQuarterOfAnHourIsTolerated() {
        assertThat(hour("cache_clients", i -> 6 + i / 15).grown()).isEmpty();
        assertThat(hour("cache_clients", i -> 6 + i / 8).grown()).containsExactly("JVM 0 cache_clients");
    }

    @Test
    void whatIsOnlyToBeSeenIsNotJudged() {
        Ledger ledger = hour("tracking_total_keys", i -> i * 1_000);
        assertThat(ledger.grown()).isEmpty();
        assertThat(ledger.table()).hasSize(2).last().asString().endsWith("(not judged)");
    }

    @Test
    void aSeriesThatIsTooShortIsNotJudged() {
        assertThat(sampled("threads", 8, i -> i * 100).grown()).isEmpty();
        assertThat(sampled("threads", 8, i -> i * 100).table()).hasSize(1);
        assertThat(sampled("threads", 8, i -> i * 100).canJudge("JVM 0")).isFalse();
        assertThat(sampled("threads", 9, i -> i * 100).canJudge("JVM 0")).isTrue();
        assertThat(sampled("threads", 9, i -> i * 100).grown()).hasSize(1);
    }

    @Test
    void aProcessThatCameLateIsNotJudged() {
        Ledger ledger = hour("threads", i -> 30);
        for (int i = 20; i < 60; i++) {
            ledger.add("JVM 1.1", i * 60, new Vitals(Map.of("threads", (long) i)));
        }
        assertThat(ledger.grown()).isEmpty();
        assertThat(ledger.canJudge("JVM 1.1")).isFalse();
    }

    @Test
    void theTableTellsTheMediansOfTheFirstAndTheLastTenth() {
        assertThat(hour("threads", i -> i).table())
                .last()
                .asString()
                .containsPattern("JVM 0 +threads +60 +3 +57 +29  GREW");
    }

    @Test
    void samplesAreTakenAtAnyTime() {
        Ledger ledger = new Ledger();
        int[] seconds = {0, 100, 101, 102, 103, 104, 400, 405, 600, 690, 900, 905, 1_000};
        for (int second : seconds) {
            ledger.add("JVM 0", second, new Vitals(Map.of("threads", (long) second / 100)));
        }
        assertThat(ledger.grown()).containsExactly("JVM 0 threads");
    }
}
