package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.EntryOptions;
import io.cacheservice.ReadOptions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Reads that say how they want to be answered. */
abstract class ReadOptionsContract extends TierContract {
    private final RecordingLoader<String, String> loader = new RecordingLoader<>(key -> "loaded");

    private Cache<String, String> loading() {
        return texts("t").ttl(LIFE).loader(loader).open();
    }

    @Test
    void aReadWithDefaultsLoads() {
        assertThat(loading().get("k", ReadOptions.defaults())).isEqualTo("loaded");
    }

    @Test
    void aReadWithoutLoadDoesNotLoad() {
        Cache<String, String> cache = loading();

        assertThat(cache.get("k", ReadOptions.noLoad())).isNull();
        assertThat(loader.calls()).isZero();
        cache.put("k", "put");
        assertThat(cache.get("k", ReadOptions.noLoad())).isEqualTo("put");
    }

    @Test
    void anEntryYoungEnoughIsGiven() {
        Cache<String, String> cache = loading();
        cache.put("k", "put");
        advance(Duration.ofSeconds(10).minus(tier().clockTolerance()));

        assertThat(cache.get("k", ReadOptions.maxAge(Duration.ofSeconds(10)))).isEqualTo("put");
        assertThat(loader.calls()).isZero();
    }

    @Test
    void anEntryTooOldForTheCallIsLoadedAgain() {
        Cache<String, String> cache = loading();
        cache.put("k", "put");
        advance(Duration.ofMillis(10_002));

        assertThat(cache.get("k", ReadOptions.maxAge(Duration.ofSeconds(10)))).isEqualTo("loaded");
        assertThat(cache.get("k")).as("others see the reloaded value").isEqualTo("loaded");
        assertThat(loader.calls()).isEqualTo(1);
    }

    @Test
    void anEntryTooOldForTheCallIsAbsentWhereNothingMayLoad() {
        Cache<String, String> cache = loading();
        cache.put("k", "put");
        advance(Duration.ofMillis(10_002));

        assertThat(cache.get("k", ReadOptions.maxAge(Duration.ofSeconds(10)).withoutLoad()))
                .isNull();
        assertThat(cache.get("k")).as("others still see it").isEqualTo("put");
        assertThat(loader.calls()).isZero();
    }

    @Test
    void aReadOfTheLatestSeesWhatIsThere() {
        Cache<String, String> cache = loading();
        cache.put("k", "put");

        assertThat(cache.get("k", ReadOptions.latest())).isEqualTo("put");
        assertThat(loader.calls()).isZero();
    }

    @Test
    void aCacheMayAskForTheLatestEachTime() {
        Cache<String, String> cache = texts("t").maxStaleness(Duration.ZERO).open();
        cache.put("k", "put");

        assertThat(cache.get("k")).isEqualTo("put");
        assertThat(cache.lookup("k").tier()).isEqualTo(tier().tier());
    }

    @Test
    void aReadOfTheLatestLoadsWhatIsAbsent() {
        assertThat(loading().get("k", ReadOptions.latest())).isEqualTo("loaded");
    }

    @Test
    void aReadOfTheLatestMayForbidTheLoad() {
        assertThat(loading().get("k", ReadOptions.latest().withoutLoad())).isNull();
        assertThat(loader.calls()).isZero();
    }

    @Test
    void anEntryOfAnyAgeIsGivenToACallWhoseBoundIsLongerThanTime() {
        Cache<String, String> cache = loading();
        cache.put("k", "put");

        assertThat(cache.get("k", ReadOptions.maxAge(ChronoUnit.FOREVER.getDuration())))
                .isEqualTo("put");
        assertThat(loader.calls()).isZero();
    }

    @Test
    void anEntryWithoutEndThatIsTooOldForTheCallIsLoadedAgain() {
        Cache<String, String> cache = loading();
        cache.put("k", "put", EntryOptions.noExpiry());
        advance(Duration.ofMillis(10_002));

        assertThat(cache.get("k", ReadOptions.maxAge(Duration.ofSeconds(10)))).isEqualTo("loaded");
        assertThat(cache.get("k", ReadOptions.maxAge(ChronoUnit.FOREVER.getDuration())))
                .isEqualTo("loaded");
        assertThat(loader.calls()).isEqualTo(1);
    }

    @Test
    void aLoadThatBeganTooLongAgoForTheCallIsFollowedByOneOfItsOwn() throws Exception {
        AtomicInteger row = new AtomicInteger();
        GatedLoader<String, String> gated = new GatedLoader<>(key -> "row " + row.incrementAndGet());
        Cache<String, String> cache = texts("gated").ttl(LIFE).loader(gated).open();
        var first = cache.async().get("k");
        gated.awaitEntered();
        advance(SECOND);

        var second = cache.async().get("k", ReadOptions.maxAge(Duration.ZERO));
        gated.open();

        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("row 1");
        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("row 2");
    }
}
