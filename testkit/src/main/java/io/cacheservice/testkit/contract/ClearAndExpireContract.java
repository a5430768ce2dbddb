package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.EntryOptions;
import io.cacheservice.Reason;
import io.cacheservice.Refresh;
import io.cacheservice.WriteOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Emptying a cache, and having an entry loaded at its next read. */
abstract class ClearAndExpireContract extends TierContract {
    private final Source source = new Source();

    @AfterEach
    void letLoadsEnd() {
        source.goOn();
    }

    private Cache<String, String> loading() {
        return texts("t").ttl(LIFE).loader(source).open();
    }

    @Test
    void aClearedCacheHasNothingAndTheOthersHaveAll() {
        Cache<String, String> cache = openTexts("t");
        Cache<String, String> other = openTexts("other");
        cache.putAll(Map.of("a", "1", "b", "2"));
        other.put("a", "1");
        service().set("a", bytes("1"));

        assertThat(cache.clear()).isEqualTo(WriteOutcome.APPLIED);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.getAll(List.of("a", "b"))).isEmpty();
        assertThat(other.get("a")).isEqualTo("1");
        assertThat(text(service().get("a"))).isEqualTo("1");
        assertThat(cache.stats().removals()).isEqualTo(1);
    }

    @Test
    void whatIsWrittenAfterwardsLives() {
        Cache<String, String> cache = openTexts("t");
        cache.put("a", "1");
        cache.put("b", "1");
        cache.clear();
        cache.put("a", "2");

        assertThat(cache.get("a")).isEqualTo("2");
        assertThat(cache.putIfAbsent("b", "2")).isTrue();
        assertThat(cache.get("b")).isEqualTo("2");
        cache.clear();
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void aRememberedAbsenceIsClearedToo() {
        Cache<String, String> cache = texts("t")
                .ttl(LIFE)
                .nullTtl(LIFE)
                .loader(key -> source.load(key).equals("row 1") ? null : "inserted")
                .open();
        cache.get("k");
        cache.clear();

        assertThat(cache.get("k")).isEqualTo("inserted");
    }

    @Test
    void aLoadThatBeganBeforeTheClearIsGivenToItsReaderAndNotKept() throws Exception {
        Cache<String, String> cache = loading();
        source.stop();
        var reading = cache.async().get("k");
        source.awaitLoads(1);
        cache.clear();
        source.goOn();

        assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo("row 1");
        assertThat(cache.get("k")).isEqualTo("row 2");
    }

    @Test
    void whatWasExpiredIsLoadedAtTheNextRead() {
        Cache<String, String> cache = loading();
        cache.get("k");
        cache.get("other");

        assertThat(cache.expire("k")).isEqualTo(WriteOutcome.APPLIED);

        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.get("k")).isEqualTo("row 3");
        assertThat(cache.get("other")).isEqualTo("row 2");
    }

    @Test
    void itServesWhereTheReloadFailsAsIfItHadComeToItsEnd() {
        Cache<String, String> cache =
                texts("t").ttl(LIFE).failSafe(LIFE).loader(source).open();
        cache.get("k");
        cache.expire("k");
        source.fail(new IOException("no database"));

        assertThat(cache.lookup("k").valueOrNull()).isEqualTo("row 1");
        assertThat(cache.lookup("k").reason()).isEqualTo(Reason.STALE_ON_ERROR);
    }

    @Test
    void itServesWhileItIsReloadedWhereThePolicySaysSo() {
        Cache<String, String> cache = texts("t")
                .ttl(LIFE)
                .refresh(Refresh.staleWhileRevalidate(LIFE))
                .loader(source)
                .open();
        cache.get("k");
        cache.expire("k");

        assertThat(cache.get("k")).isEqualTo("row 1");
        await().untilAsserted(() -> assertThat(cache.getIfPresent("k")).isEqualTo("row 2"));
    }

    @Test
    void whatHasNoEndCanBeExpiredToo() {
        Cache<String, String> cache = loading();
        cache.put("k", "put", EntryOptions.noExpiry());
        cache.expire("k");

        assertThat(cache.get("k")).isEqualTo("row 1");
    }

    @Test
    void expiringWhatIsNotThereOrHasExpiredDoesNothing() {
        Cache<String, String> cache = loading();
        assertThat(cache.expire("nobody")).isEqualTo(WriteOutcome.APPLIED);
        cache.get("k");
        cache.expire("k");
        cache.expire("k");

        assertThat(cache.get("k")).isEqualTo("row 2");
        cache.expire("k");
        cache.put("k", "put");
        assertThat(cache.get("k")).isEqualTo("put");
    }

    @Test
    void aLoadThatBeganBeforeTheExpiryIsNotKept() throws Exception {
        Cache<String, String> cache = loading();
        source.stop();
        var reading = cache.async().get("k");
        source.awaitLoads(1);
        cache.expire("k");
        source.goOn();

        assertThat(reading.get(20, TimeUnit.SECONDS)).isEqualTo("row 1");
        assertThat(cache.get("k")).isEqualTo("row 2");
    }
}
