package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.Cache;
import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import io.cacheservice.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Typed caches with a loader. */
abstract class TypedLoadingContract extends TierContract {
    private final RecordingLoader<String, String> loader = new RecordingLoader<>(key -> "loaded " + key);

    private Cache<String, String> loading() {
        return texts("t").ttl(LIFE).loader(loader).open();
    }

    @Test
    void anAbsentValueIsLoadedAndKept() {
        Cache<String, String> cache = loading();

        assertThat(cache.get("k")).isEqualTo("loaded k");
        assertThat(cache.get("k")).isEqualTo("loaded k");
        assertThat(loader.keys()).containsExactly("k");
    }

    @Test
    void aValueThatWasPutIsNotLoaded() {
        Cache<String, String> cache = loading();
        cache.put("k", "put");

        assertThat(cache.get("k")).isEqualTo("put");
        assertThat(loader.calls()).isZero();
    }

    @Test
    void anExpiredValueIsLoadedAgain() {
        Cache<String, String> cache = loading();
        cache.get("k");
        advance(LIFE);
        cache.get("k");

        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void anInvalidatedValueIsLoadedAgain() {
        Cache<String, String> cache = loading();
        cache.get("k");
        cache.invalidate("k");
        cache.get("k");

        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void getIfPresentNeverLoads() {
        Cache<String, String> cache = loading();

        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(loader.calls()).isZero();
        cache.get("k");
        assertThat(cache.getIfPresent("k")).isEqualTo("loaded k");
    }

    @Test
    void theLoaderOfACallGoesBeforeTheCaches() {
        Cache<String, String> cache = loading();

        assertThat(cache.get("k", key -> "of the call")).isEqualTo("of the call");
        assertThat(cache.get("k")).isEqualTo("of the call");
        assertThat(loader.calls()).isZero();
    }

    @Test
    void aCacheWithoutALoaderLoadsWithTheOneOfTheCall() {
        Cache<String, String> cache = openTexts("t");

        assertThat(cache.get("k", loader)).isEqualTo("loaded k");
        assertThat(cache.getIfPresent("k")).isEqualTo("loaded k");
    }

    @Test
    void aLookupThatLoadedSaysSo() {
        Cache<String, String> cache = loading();

        Lookup<String> first = cache.lookup("k");
        Lookup<String> second = cache.lookup("k");

        assertThat(first.valueOrNull()).isEqualTo("loaded k");
        assertThat(first.tier()).isEqualTo(Tier.SOURCE);
        assertThat(first.reason()).isEqualTo(Reason.LOADED);
        assertThat(second.tier()).isEqualTo(tier().tier());
        assertThat(second.reason()).isEqualTo(Reason.FOUND);
        assertThat(hit(second).remaining().orElseThrow())
                .isBetween(shortest(LIFE).minus(tier().clockTolerance()), LIFE.plus(MILLISECOND));
    }

    @Test
    void aFailureNamesTheKeyAndItsCauseAndIsNotKeptWithoutAnErrorTtl() {
        IOException cause = new IOException("no database");
        AtomicInteger calls = new AtomicInteger();
        Cache<String, String> cache = texts("t")
                .loader(key -> {
                    if (calls.incrementAndGet() == 1) {
                        throw cause;
                    }
                    return "recovered";
                })
                .errorTtl(Duration.ZERO)
                .open();

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.key()).isEqualTo("k"))
                .cause()
                .isSameAs(cause);
        assertThat(cache.get("k")).isEqualTo("recovered");
    }

    @Test
    void thatTheSourceHasNoneIsNotKeptWithoutANullTtl() {
        RecordingLoader<String, String> nothing = new RecordingLoader<>(key -> null);
        Cache<String, String> cache = texts("t").loader(nothing).open();

        assertThat(cache.get("k")).isNull();
        assertThat(cache.lookup("k").isHit()).isFalse();
        assertThat(nothing.calls()).isEqualTo(2);
    }

    @Test
    void withANullTtlTheAnswerNoneIsKept() {
        RecordingLoader<String, String> nothing = new RecordingLoader<>(key -> null);
        Cache<String, String> cache =
                texts("t").ttl(LIFE).nullTtl(SECOND).loader(nothing).open();
        cache.get("k");

        Lookup<String> lookup = cache.lookup("k");

        assertThat(lookup.isHit()).isTrue();
        assertThat(lookup.valueOrNull()).isNull();
        assertThat(lookup.tier()).isEqualTo(tier().tier());
        assertThat(cache.get("k")).isNull();
        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(nothing.calls()).isEqualTo(1);
    }

    @Test
    void aCachedNullExpiresOnItsOwn() {
        AtomicReference<String> row = new AtomicReference<>();
        RecordingLoader<String, String> rows = new RecordingLoader<>(key -> row.get());
        Cache<String, String> cache =
                texts("t").ttl(LIFE).nullTtl(Duration.ofSeconds(5)).loader(rows).open();
        cache.get("k");
        row.set("inserted");
        advanceToTheLastMomentOf(shortest(Duration.ofSeconds(5)));
        assertThat(cache.get("k")).isNull();
        advanceFromTheShortestToTheEndOf(Duration.ofSeconds(5));

        assertThat(cache.get("k")).isEqualTo("inserted");
        advance(Duration.ofSeconds(60));
        assertThat(cache.get("k")).as("a value lives for the ttl").isEqualTo("inserted");
        assertThat(rows.calls()).isEqualTo(2);
    }

    @Test
    void aValueTakesThePlaceOfACachedNull() {
        Cache<String, String> cache =
                texts("t").ttl(LIFE).nullTtl(LIFE).loader(key -> null).open();
        cache.get("k");
        cache.put("k", "value");

        assertThat(cache.get("k")).isEqualTo("value");
    }

    @Test
    void aCachedNullCanBeInvalidated() {
        AtomicReference<String> row = new AtomicReference<>();
        Cache<String, String> cache =
                texts("t").ttl(LIFE).nullTtl(LIFE).loader(key -> row.get()).open();
        cache.get("k");
        row.set("inserted");
        cache.invalidate("k");

        assertThat(cache.get("k")).isEqualTo("inserted");
    }

    @Test
    void aLoaderMayRunOnTheThreadThatAsks() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Cache<String, String> cache = texts("t")
                .loadOnCaller()
                .loader(key -> {
                    thread.set(Thread.currentThread());
                    return "loaded";
                })
                .open();
        cache.get("k");

        assertThat(thread).hasValue(Thread.currentThread());
    }

    @Test
    void refreshReloadsInTheBackground() throws Exception {
        AtomicReference<String> row = new AtomicReference<>("first");
        Cache<String, String> cache =
                texts("t").ttl(LIFE).loader(key -> row.get()).open();
        cache.get("k");
        row.set("second");

        cache.refresh("k");

        await().untilAsserted(() -> assertThat(cache.getIfPresent("k")).isEqualTo("second"));
    }

    @Test
    void refreshDoesNothingWhileALoadRuns() throws Exception {
        GatedLoader<String, String> gated = new GatedLoader<>(key -> "loaded");
        Cache<String, String> cache = texts("t").ttl(LIFE).loader(gated).open();
        var reading = cache.async().get("k");
        gated.awaitEntered();

        cache.refresh("k");
        gated.open();

        assertThat(reading.get()).isEqualTo("loaded");
        assertThat(cache.get("k")).isEqualTo("loaded");
        assertThat(gated.calls()).isEqualTo(1);
    }
}
