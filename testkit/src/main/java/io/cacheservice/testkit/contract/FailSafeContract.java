package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import io.cacheservice.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What readers get while the source fails or is slow. */
abstract class FailSafeContract extends TierContract {
    private static final Duration WINDOW = Duration.ofHours(1);

    private final Source source = new Source();

    private CacheBuilder<String, String> safe() {
        return diced("t")
                .ttl(LIFE)
                .failSafe(WINDOW)
                .errorTtl(Duration.ZERO)
                .softTimeout(Duration.ofMinutes(1))
                .loader(source);
    }

    /** "k" was loaded and has expired, and the source fails since. */
    private void loadAndFail(Cache<String, String> cache) {
        cache.get("k");
        source.fail(new IOException("no database"));
        advance(LIFE);
    }

    private void nextLoadMayBegin() {
        advance(MILLISECOND);
    }

    @AfterEach
    void letLoadsEnd() {
        source.goOn();
    }

    @Test
    void whatHasExpiredIsGivenWhereItsReloadFails() {
        Cache<String, String> cache = safe().open();
        loadAndFail(cache);

        Lookup<String> lookup = cache.lookup("k");

        assertThat(lookup.valueOrNull()).isEqualTo("row 1");
        assertThat(lookup.stale()).isTrue();
        assertThat(lookup.reason()).isEqualTo(Reason.STALE_ON_ERROR);
        assertThat(lookup.tier()).isEqualTo(tier().tier());
        assertThat(hit(lookup).remaining()).contains(Duration.ZERO);
        assertThat(cache.stats().loads().stale()).containsEntry(Reason.STALE_ON_ERROR, 1L);
    }

    @Test
    void onceTheSourceIsBackItsValueIsGiven() {
        Cache<String, String> cache = safe().open();
        loadAndFail(cache);
        cache.get("k");
        source.fail(null);
        nextLoadMayBegin();

        assertThat(cache.lookup("k").valueOrNull()).isEqualTo("row 3");
        assertThat(cache.lookup("k").stale()).isFalse();
    }

    @Test
    void afterTheWindowTheFailureIsTold() {
        Cache<String, String> cache = safe().open();
        loadAndFail(cache);
        advance(WINDOW);

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void withoutAWindowTheFailureIsTold() {
        Cache<String, String> cache = diced("t").ttl(LIFE).loader(source).open();
        loadAndFail(cache);

        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
    }

    @Test
    void whatWasInvalidatedIsNeverGiven() {
        Cache<String, String> cache = safe().open();
        loadAndFail(cache);
        cache.invalidate("k");

        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
    }

    @Test
    void norIsWhatATagOrAClearHasVoided() {
        Cache<String, String> cache =
                safe().tags((key, value) -> Set.of("rows")).open();
        loadAndFail(cache);
        cache.invalidateTag("rows");
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);

        cache.put("k", "put");
        advance(LIFE);
        cache.clear();
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
    }

    @Test
    void aReadThatMayNotLoadGetsNothingThatHasExpired() {
        Cache<String, String> cache = safe().open();
        loadAndFail(cache);

        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.lookup("k", ReadOptions.noLoad()).isHit()).isFalse();
    }

    @Test
    void thePolicyChoosesForWhichFailures() {
        Cache<String, String> cache =
                safe().failSafeOn(IOException.class::isInstance).open();
        loadAndFail(cache);
        assertThat(cache.get("k")).isEqualTo("row 1");

        source.fail(new IllegalStateException("no such table"));
        nextLoadMayBegin();
        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDefaultIsGivenWhereThereIsNothingElseAndIsNotKept() {
        source.fail(new IOException("no database"));
        Cache<String, String> cache = safe().onError(key -> "default of " + key).open();

        Lookup<String> lookup = cache.lookup("k");

        assertThat(lookup.valueOrNull()).isEqualTo("default of k");
        assertThat(lookup.reason()).isEqualTo(Reason.DEFAULT_ON_ERROR);
        assertThat(lookup.tier()).isEqualTo(Tier.SOURCE);
        assertThat(lookup.stale()).isFalse();
        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    void whatHasExpiredIsBetterThanADefault() {
        Cache<String, String> cache = safe().onError(key -> "default").open();
        loadAndFail(cache);

        assertThat(cache.get("k")).isEqualTo("row 1");
    }

    @Test
    void eachKeyOfABatchFallsBackToItsOwnValue() {
        Cache<String, String> cache = safe().open();
        cache.putAll(Map.of("a", "1", "b", "2"));
        source.fail(new IOException("no database"));
        advance(LIFE);

        assertThat(cache.getAll(List.of("a", "b"))).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(cache.lookupAll(List.of("a", "b")).values()).allMatch(Lookup::stale);
    }

    @Test
    void aReaderWaitsForAReloadWithinTheSoftTimeout() {
        Cache<String, String> cache = safe().open();
        cache.get("k");
        advance(LIFE);

        assertThat(cache.get("k")).isEqualTo("row 2");
    }

    @Test
    void afterTheSoftTimeoutAReaderGetsWhatHasExpiredAndTheReloadGoesOn() {
        Cache<String, String> cache = safe().softTimeout(Duration.ofMillis(20)).open();
        cache.get("k");
        advance(LIFE);
        source.stop();

        Lookup<String> lookup = cache.lookup("k");
        source.goOn();

        assertThat(lookup.valueOrNull()).isEqualTo("row 1");
        assertThat(lookup.stale()).isTrue();
        assertThat(lookup.reason()).isEqualTo(Reason.STALE_WHILE_LOADING);
        await().untilAsserted(() -> assertThat(cache.getIfPresent("k")).isEqualTo("row 2"));
        assertThat(cache.stats().loads().stale()).containsEntry(Reason.STALE_WHILE_LOADING, 1L);
    }

    @Test
    void withASoftTimeoutOfZeroNobodyWaitsForAReload() {
        Cache<String, String> cache = safe().softTimeout(Duration.ZERO).open();
        cache.get("k");
        advance(LIFE);
        source.stop();

        assertThat(cache.lookup("k").reason()).isEqualTo(Reason.STALE_WHILE_LOADING);
        assertThat(cache.lookup("k").reason()).isEqualTo(Reason.STALE_WHILE_LOADING);
        source.awaitLoads(2);
        source.goOn();
        await().untilAsserted(() -> assertThat(cache.getIfPresent("k")).isEqualTo("row 2"));
    }

    @Test
    void aWriteWhileTheReloadGoesOnIsNotUndoneByIt() {
        Cache<String, String> cache = safe().softTimeout(Duration.ZERO).open();
        cache.get("k");
        advance(LIFE);
        source.stop();
        cache.get("k");
        source.awaitLoads(2);
        cache.put("k", "put");
        source.goOn();
        await().until(() -> cache.stats().loadSuccesses() == 2);

        assertThat(cache.get("k")).isEqualTo("put");
    }
}
