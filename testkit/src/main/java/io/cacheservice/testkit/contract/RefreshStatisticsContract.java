package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.CacheStats.LoadStats;
import io.cacheservice.Refresh;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What early refreshes are worth: how early they came, and whether anybody read what they brought. */
abstract class RefreshStatisticsContract extends TierContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Source source = new Source();

    /** A cache whose entry of "k" was replaced by a refresh one minute before its end, and not read since. */
    private Cache<String, String> refreshedAMinuteBeforeTheEnd(Refresh policy) {
        Cache<String, String> cache =
                diced("t").ttl(LIFE).refresh(policy).loader(source).open();
        cache.get("k");
        advance(LIFE.minus(MINUTE));
        cache.get("k");
        await().until(() -> loads(cache).refreshLead().samples() == 1);
        return cache;
    }

    private Cache<String, String> refreshed() {
        return refreshedAMinuteBeforeTheEnd(Refresh.eager(0.5));
    }

    private static LoadStats loads(Cache<?, ?> cache) {
        return cache.stats().loads();
    }

    @Test
    void theLeadIsWhatTheReplacedEntryHadStillToLive() {
        Duration lead = loads(refreshed()).refreshLead().max();

        assertThat(lead).isBetween(MINUTE.minus(tier().clockTolerance()).minusSeconds(1), MINUTE.plusSeconds(1));
    }

    @Test
    void aLoadThatSomebodyWaitedForHasNone() {
        Cache<String, String> cache =
                diced("t").ttl(LIFE).refresh(Refresh.eager(0.5)).loader(source).open();
        cache.get("k");

        assertThat(loads(cache).refreshLead().samples()).isZero();
    }

    @Test
    void norHasOneOfWhatHadExpired() {
        Cache<String, String> cache = diced("t")
                .ttl(LIFE)
                .refresh(Refresh.staleWhileRevalidate(MINUTE))
                .loader(source)
                .open();
        cache.get("k");
        advance(LIFE.plus(MINUTE.dividedBy(2)));
        cache.get("k");
        await().until(() -> cache.stats().puts() == 2);

        assertThat(loads(cache).refreshLead().samples()).isZero();
    }

    @Test
    void aRefreshIsWastedWhenItsResultIsReplacedUnread() {
        Cache<String, String> cache = refreshed();
        assertThat(loads(cache).refreshesWasted()).isZero();
        cache.put("k", "put");

        assertThat(loads(cache).refreshesWasted()).isEqualTo(1);
    }

    @Test
    void orIsRemovedUnread() {
        Cache<String, String> cache = refreshed();
        cache.invalidate("k");

        assertThat(loads(cache).refreshesWasted()).isEqualTo(1);
    }

    @Test
    void itIsNotOnceItWasRead() {
        Cache<String, String> cache = refreshed();
        assertThat(cache.get("k")).isEqualTo("row 2");
        cache.invalidate("k");

        assertThat(loads(cache).refreshesWasted()).isZero();
    }

    @Test
    void whatAReaderWaitedForIsNoRefreshToBeWasted() {
        Cache<String, String> cache =
                diced("t").ttl(LIFE).refresh(Refresh.eager(0.5)).loader(source).open();
        cache.get("k");
        cache.invalidate("k");

        assertThat(loads(cache).refreshesWasted()).isZero();
    }
}
