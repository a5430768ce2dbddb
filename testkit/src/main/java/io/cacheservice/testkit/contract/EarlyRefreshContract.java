package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.EntryOptions;
import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import io.cacheservice.Refresh;
import io.cacheservice.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loading again before somebody has to wait, as the policy says. */
abstract class EarlyRefreshContract extends TierContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    /** With any load that takes time at all, a refresh is wanted one minute before the end in the mean. */
    private static final Refresh XFETCH = Refresh.xfetch(1e9);
    /** Dice on which XFetch reaches just as far as its mean. */
    private static final double MEAN = 1 - 1 / Math.E;

    private final Source source = new Source();

    @AfterEach
    void letLoadsEnd() {
        source.goOn();
    }

    private Cache<String, String> refreshing(Refresh policy) {
        return diced("t").ttl(LIFE).refresh(policy).loader(this::load).open();
    }

    /** A load that takes a millisecond on every clock. */
    private String load(String key) throws Exception {
        String row = source.load(key);
        advance(MILLISECOND);
        return row;
    }

    private CacheService diced(CacheConfig.Builder settings) {
        return tier().open(settings, seams -> seams.random(dice));
    }

    private void loadAndMoveTo(Cache<String, String> cache, Duration beforeTheEnd) {
        cache.get("k");
        advance(LIFE.minus(beforeTheEnd));
    }

    private static long refreshes(Cache<?, ?> cache) {
        return cache.stats().loads().refreshes();
    }

    private static void awaitRow(Cache<String, String> cache, String row) {
        await().untilAsserted(() -> assertThat(cache.getIfPresent("k")).isEqualTo(row));
    }

    @Test
    void xfetchRefreshesWhereItsDiceReachBeyondTheEnd() {
        Cache<String, String> cache = refreshing(XFETCH);
        loadAndMoveTo(cache, HALF_A_MINUTE);
        dice.fallOn(MEAN);

        assertThat(cache.get("k")).as("without waiting").isEqualTo("row 1");
        awaitRow(cache, "row 2");
        assertThat(refreshes(cache)).isEqualTo(1);
    }

    @Test
    void andNotWhereTheyDoNot() {
        Cache<String, String> cache = refreshing(XFETCH);
        loadAndMoveTo(cache, HALF_A_MINUTE);
        dice.fallOn(0.1);

        assertThat(cache.get("k")).isEqualTo("row 1");
        assertThat(refreshes(cache)).isZero();
    }

    @Test
    void xfetchKnowsNoCostOfWhatWasPut() {
        Cache<String, String> cache = refreshing(XFETCH);
        cache.put("k", "put");
        advance(LIFE.minus(HALF_A_MINUTE));
        dice.fallOn(0.999);

        assertThat(cache.get("k")).isEqualTo("put");
        assertThat(refreshes(cache)).isZero();
    }

    @Test
    void belowTheThresholdTheDiceDecide() {
        Cache<String, String> cache = refreshing(Refresh.threshold(MINUTE, 0.5));
        loadAndMoveTo(cache, HALF_A_MINUTE);
        dice.fallOn(0.5);
        cache.get("k");
        assertThat(refreshes(cache)).isZero();

        dice.fallOn(0.4);
        cache.get("k");
        awaitRow(cache, "row 2");
    }

    @Test
    void aboveTheThresholdNothingIsRefreshed() {
        Cache<String, String> cache = refreshing(Refresh.threshold(MINUTE, 1));
        loadAndMoveTo(cache, MINUTE.multipliedBy(2));
        cache.get("k");

        assertThat(refreshes(cache)).isZero();
    }

    @Test
    void aThresholdWithoutNumbersTakesThoseOfTheSettings() {
        CacheService service = diced(CacheConfig.builder().ttlThreshold(MINUTE).refreshProb(1));
        Cache<String, String> cache = service.cache("t", String.class)
                .codec(new TextCodec())
                .ttl(LIFE)
                .refresh(Refresh.threshold())
                .loader(source)
                .open();
        loadAndMoveTo(cache, HALF_A_MINUTE.plus(MINUTE));
        assertThat(cache.get("k")).isEqualTo("row 1");
        advance(MINUTE);
        cache.get("k");

        awaitRow(cache, "row 2");
    }

    @Test
    void eagerRefreshesAtTheFirstReadAfterItsPartOfTheLife() {
        Cache<String, String> cache = refreshing(Refresh.eager(0.5));
        loadAndMoveTo(cache, LIFE.dividedBy(2).plus(HALF_A_MINUTE));
        cache.get("k");
        assertThat(refreshes(cache)).isZero();

        advance(MINUTE);
        cache.get("k");
        awaitRow(cache, "row 2");
    }

    @Test
    void withoutAPolicyOfThatKindNothingIsRefreshed() {
        Cache<String, String> cache = refreshing(Refresh.none());
        loadAndMoveTo(cache, HALF_A_MINUTE);
        dice.fallOn(0.999);
        cache.get("k");

        assertThat(refreshes(cache)).isZero();
    }

    @Test
    void whatHasNoEndIsNeverRefreshed() {
        Cache<String, String> cache = refreshing(Refresh.eager(0.001));
        cache.put("k", "put", EntryOptions.noExpiry());
        advance(LIFE);
        cache.get("k");

        assertThat(refreshes(cache)).isZero();
    }

    @Test
    void staleWhileRevalidateGivesWhatHasExpiredAndLoadsIt() {
        Cache<String, String> cache = refreshing(Refresh.staleWhileRevalidate(MINUTE));
        loadAndMoveTo(cache, HALF_A_MINUTE.negated());

        Lookup<String> lookup = cache.lookup("k");

        assertThat(lookup.valueOrNull()).isEqualTo("row 1");
        assertThat(lookup.stale()).isTrue();
        assertThat(lookup.reason()).isEqualTo(Reason.STALE_WHILE_LOADING);
        awaitRow(cache, "row 2");
    }

    @Test
    void afterItsWindowAReaderWaits() {
        Cache<String, String> cache = refreshing(Refresh.staleWhileRevalidate(MINUTE));
        loadAndMoveTo(cache, MINUTE.negated());

        assertThat(cache.get("k")).isEqualTo("row 2");
    }

    @Test
    void itGivesNothingThatWasInvalidatedNorToAReaderWhoMayNotLoad() {
        Cache<String, String> cache = refreshing(Refresh.staleWhileRevalidate(MINUTE));
        loadAndMoveTo(cache, HALF_A_MINUTE.negated());
        assertThat(cache.getIfPresent("k")).isNull();
        cache.invalidate("k");

        assertThat(cache.get("k")).isEqualTo("row 2");
    }

    @Test
    void whileTheSourceFailsItGivesWhatHasExpiredUntilItsWindowEnds() {
        Cache<String, String> cache = refreshing(Refresh.staleWhileRevalidate(MINUTE));
        loadAndMoveTo(cache, HALF_A_MINUTE.negated());
        source.fail(new IOException("no database"));
        cache.get("k");
        await().until(() -> cache.stats().loadFailures() == 1);

        assertThat(cache.get("k")).isEqualTo("row 1");
        advance(MINUTE);
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
    }

    @Test
    void oneRefreshRunsHoweverManyRead() {
        Cache<String, String> cache = refreshing(Refresh.eager(0.5));
        loadAndMoveTo(cache, HALF_A_MINUTE);
        source.stop();
        for (int i = 0; i < 10; i++) {
            assertThat(cache.get("k")).isEqualTo("row 1");
        }
        source.awaitLoads(2);
        source.goOn();

        awaitRow(cache, "row 2");
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void aRefreshThatFailsLeavesTheEntry() {
        Cache<String, String> cache = refreshing(Refresh.eager(0.5));
        loadAndMoveTo(cache, MINUTE);
        source.fail(new IOException("no database"));
        cache.get("k");
        await().until(() -> cache.stats().loadFailures() == 1);

        assertThat(cache.lookup("k").valueOrNull()).isEqualTo("row 1");
        assertThat(cache.lookup("k").stale()).isFalse();
    }

    @Test
    void aWriteDuringARefreshIsNotUndoneByIt() {
        Cache<String, String> cache = refreshing(Refresh.eager(0.5));
        loadAndMoveTo(cache, MINUTE);
        source.stop();
        cache.get("k");
        source.awaitLoads(2);
        cache.put("k", "put");
        source.goOn();
        await().until(() -> cache.stats().loadSuccesses() == 2);

        assertThat(cache.get("k")).isEqualTo("put");
    }

    @Test
    void aReadThatMayNotLoadRefreshesNothing() {
        Cache<String, String> cache = refreshing(Refresh.eager(0.5));
        loadAndMoveTo(cache, MINUTE);
        cache.getIfPresent("k");

        assertThat(refreshes(cache)).isZero();
    }

    @Test
    void eachKeyOfABatchIsRefreshed() {
        Cache<String, String> cache = diced("t")
                .ttl(LIFE)
                .refresh(Refresh.eager(0.5))
                .bulkLoader(this::loadAll)
                .open();
        List<String> keys = List.of("a", "b", "c");
        cache.getAll(keys);
        advance(LIFE.minus(MINUTE));

        assertThat(Set.copyOf(cache.getAll(keys).values())).containsExactly("row 1");
        await().untilAsserted(() ->
                assertThat(Set.copyOf(cache.getAll(keys).values())).doesNotContain("row 1"));
    }

    private Map<String, String> loadAll(Set<String> keys) throws Exception {
        String row = source.load(keys.toString());
        Map<String, String> rows = new LinkedHashMap<>();
        keys.forEach(key -> rows.put(key, row));
        return rows;
    }

    @Test
    void aTickRefreshesWhatWasReadSinceTheLastOneAndNearsItsEnd() {
        CacheService service = diced(CacheConfig.builder()
                .refreshInterval(Duration.ofMillis(20))
                .ttlThreshold(MINUTE)
                .refreshProb(1));
        Cache<String, String> cache = service.cache("t", String.class)
                .codec(new TextCodec())
                .ttl(LIFE)
                .refresh(Refresh.none())
                .loader(source)
                .open();
        loadAndMoveTo(cache, HALF_A_MINUTE.plus(MINUTE));
        cache.get("k");
        advance(MINUTE);

        await().untilAsserted(() -> assertThat(cache.get("k")).isEqualTo("row 2"));
    }
}
