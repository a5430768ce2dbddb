package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.RefreshOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reloading an entry before its end, by chance and in the background. */
abstract class ProbabilisticRefreshContract extends TierContract {
    private static final Duration THRESHOLD = Duration.ofMinutes(1);

    /** An entry that was set for {@link #LIFE} and has half of the threshold left. */
    private void setNearItsEnd(CacheService service) {
        service.set("k", bytes("old"), LIFE);
        advance(LIFE.minus(THRESHOLD.dividedBy(2)));
    }

    @Test
    void anEntryNearItsEndIsReloadedAndTheNewValueAppears() {
        service().source("k", key -> bytes("new"));
        setNearItsEnd(service());

        assertThat(service().refreshProbabilistic("k", THRESHOLD, 1)).isEqualTo(RefreshOutcome.STARTED);
        await().untilAsserted(() -> assertThat(text(service().get("k"))).isEqualTo("new"));
    }

    @Test
    void theReloadedEntryHasAWholeLife() {
        service().source("k", key -> bytes("new"));
        setNearItsEnd(service());
        service().refreshProbabilistic("k", THRESHOLD, 1);
        await().untilAsserted(() -> assertThat(text(service().get("k"))).isEqualTo("new"));

        assertThat(hit(service().lookup("k")).remaining().orElseThrow())
                .isBetween(
                        shortest(service().config().defaultTtl()).minus(tier().clockTolerance()),
                        service().config().defaultTtl());
    }

    @Test
    void anEntryFarFromItsEndIsFresh() {
        RecordingLoader<String, byte[]> source = new RecordingLoader<>(key -> bytes("new"));
        service().source("k", source);
        service().set("k", bytes("old"), LIFE);

        assertThat(service().refreshProbabilistic("k", THRESHOLD, 1)).isEqualTo(RefreshOutcome.FRESH);
        assertThat(source.calls()).isZero();
    }

    @Test
    void anEntryWithoutExpiryIsFresh() {
        service().source("k", key -> bytes("new"));
        service().set("k", bytes("old"), EntryOptions.noExpiry());

        assertThat(service().refreshProbabilistic("k", THRESHOLD, 1)).isEqualTo(RefreshOutcome.FRESH);
    }

    @Test
    void everyEntryWithAnEndIsNearItForAThresholdLongerThanTime() {
        service().source("k", key -> bytes("new"));
        service().set("k", bytes("old"), LIFE);

        assertThat(service().refreshProbabilistic("k", ChronoUnit.FOREVER.getDuration(), 1))
                .isEqualTo(RefreshOutcome.STARTED);
    }

    @Test
    void aProbabilityOfZeroAlwaysSkips() {
        service().source("k", key -> bytes("new"));
        setNearItsEnd(service());

        assertThat(service().refreshProbabilistic("k", THRESHOLD, 0)).isEqualTo(RefreshOutcome.SKIPPED);
    }

    @Test
    void theDiceDecide() {
        // this word of dice is a nextDouble() of exactly one half
        CacheService service = openWith(seams -> seams.random(() -> 1L << 63));
        service.source("k", key -> bytes("new"));
        setNearItsEnd(service);

        assertThat(service.refreshProbabilistic("k", THRESHOLD, 0.4)).isEqualTo(RefreshOutcome.SKIPPED);
        assertThat(service.refreshProbabilistic("k", THRESHOLD, 0.6)).isEqualTo(RefreshOutcome.STARTED);
    }

    @Test
    void anAbsentKeyIsReportedAndNotLoaded() {
        RecordingLoader<String, byte[]> source = new RecordingLoader<>(key -> bytes("new"));
        service().source("k", source);

        assertThat(service().refreshProbabilistic("k", THRESHOLD, 1)).isEqualTo(RefreshOutcome.ABSENT);
        assertThat(source.calls()).isZero();
    }

    @Test
    void anExpiredKeyIsAbsent() {
        service().source("k", key -> bytes("new"));
        service().set("k", bytes("old"), SECOND);
        advance(SECOND);

        assertThat(service().refreshProbabilistic("k", THRESHOLD, 1)).isEqualTo(RefreshOutcome.ABSENT);
    }

    @Test
    void aKeyWithoutASourceIsReported() {
        setNearItsEnd(service());

        assertThat(service().refreshProbabilistic("k", THRESHOLD, 1)).isEqualTo(RefreshOutcome.NO_SOURCE);
        assertThat(text(service().get("k"))).isEqualTo("old");
    }

    @Test
    void theCallNeverWaitsForTheLoadAndASecondOneJoinsIt() throws Exception {
        GatedLoader<String, byte[]> source = new GatedLoader<>(key -> bytes("new"));
        service().source("k", source);
        setNearItsEnd(service());

        assertThat(service().refreshProbabilistic("k", THRESHOLD, 1)).isEqualTo(RefreshOutcome.STARTED);
        source.awaitEntered();
        assertThat(service().refreshProbabilistic("k", THRESHOLD, 1)).isEqualTo(RefreshOutcome.ALREADY_RUNNING);
        assertThat(text(service().get("k"))).as("read meanwhile").isEqualTo("old");
        source.open();

        await().untilAsserted(() -> assertThat(text(service().get("k"))).isEqualTo("new"));
        assertThat(source.calls()).isEqualTo(1);
    }

    @Test
    void aReloadThatFailsLeavesTheEntry() {
        AtomicInteger calls = new AtomicInteger();
        service().source("k", key -> {
            calls.incrementAndGet();
            throw new IOException("no database");
        });
        setNearItsEnd(service());

        assertThat(service().refreshProbabilistic("k", THRESHOLD, 1)).isEqualTo(RefreshOutcome.STARTED);
        await().until(() -> service().stats().loadFailures() == 1);

        assertThat(calls).hasValue(1);
        assertThat(text(service().get("k"))).isEqualTo("old");
    }

    @Test
    void aValueSetDuringAReloadStays() throws Exception {
        GatedLoader<String, byte[]> source = new GatedLoader<>(key -> bytes("from the source"));
        service().source("k", source);
        setNearItsEnd(service());
        service().refreshProbabilistic("k", THRESHOLD, 1);
        source.awaitEntered();

        service().set("k", bytes("set"), LIFE);
        source.open();
        await().until(() -> service().stats().loadSuccesses() == 1);

        assertThat(text(service().get("k"))).isEqualTo("set");
    }

    @Test
    void aKeyDeletedDuringAReloadStaysDeleted() throws Exception {
        GatedLoader<String, byte[]> source = new GatedLoader<>(key -> bytes("from the source"));
        service().source("k", source);
        setNearItsEnd(service());
        service().refreshProbabilistic("k", THRESHOLD, 1);
        source.awaitEntered();

        service().delete("k");
        source.open();
        await().until(() -> service().stats().loadSuccesses() == 1);

        assertThat(service().getAndDelete("k")).isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aProbabilityOutsideZeroToOneIsRefused(double probability) {
        assertThatThrownBy(() -> service().refreshProbabilistic("k", THRESHOLD, probability))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("probability")
                .hasMessageContaining(String.valueOf(probability));
    }
}
