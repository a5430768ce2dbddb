package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheStats;
import io.cacheservice.ErrorKind;
import io.cacheservice.SourceException;
import io.cacheservice.Tier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every call is counted, and counted once. */
abstract class StatisticsContract extends TierContract {
    private long hits(Tier tier) {
        return service().stats().hits().getOrDefault(tier, 0L);
    }

    @Test
    void nothingIsCountedAtTheStart() {
        CacheStats stats = service().stats();

        assertThat(stats.requestCount()).isZero();
        assertThat(stats.puts()).isZero();
        assertThat(stats.removals()).isZero();
        assertThat(stats.hitRatio()).isEqualTo(1.0);
        assertThat(stats.errorCount()).isZero();
        assertThat(stats.name()).isEmpty();
    }

    @Test
    void aReadIsAHitOfTheTierThatAnsweredOrAMiss() {
        service().set("k", bytes("value"), LIFE);
        Tier first = service().lookup("k").tier();
        Tier second = service().lookup("k").tier();
        service().get("nobody");

        assertThat(hits(first)).isEqualTo(first == second ? 2 : 1);
        assertThat(hits(second)).isEqualTo(first == second ? 2 : 1);
        assertThat(service().stats().hitCount()).isEqualTo(2);
        assertThat(service().stats().misses()).isEqualTo(1);
    }

    @Test
    void anExpiredEntryIsAMiss() {
        service().set("k", bytes("value"), SECOND);
        advance(SECOND);
        service().get("k");

        assertThat(service().stats().hitCount()).isZero();
        assertThat(service().stats().misses()).isEqualTo(1);
    }

    @Test
    void everyKeyOfABatchIsCounted() {
        service().setAll(Map.of("a", bytes("1"), "b", bytes("2")), LIFE);
        service().getAll(List.of("a", "b", "nobody"));

        CacheStats stats = service().stats();
        assertThat(stats.puts()).isEqualTo(2);
        assertThat(stats.hitCount()).isEqualTo(2);
        assertThat(stats.misses()).isEqualTo(1);
    }

    @Test
    void aLoadIsCountedBesideItsMiss() {
        service().get("k", LIFE, key -> bytes("value"));

        CacheStats stats = service().stats();
        assertThat(stats.misses()).isEqualTo(1);
        assertThat(stats.hitCount()).isZero();
        assertThat(stats.hits().getOrDefault(Tier.SOURCE, 0L)).isZero();
        assertThat(stats.loadSuccesses()).isEqualTo(1);
        assertThat(stats.puts()).isEqualTo(1);
    }

    @Test
    void aLoadWithoutAValueIsASuccessAndNoPut() {
        service().get("k", LIFE, key -> null);

        assertThat(service().stats().loadSuccesses()).isEqualTo(1);
        assertThat(service().stats().puts()).isZero();
    }

    @Test
    void aLoadThatFailsIsCountedAndSoIsTheCall() {
        assertThatThrownBy(() -> service().get("k", LIFE, key -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(SourceException.class);

        CacheStats stats = service().stats();
        assertThat(stats.loadFailures()).isEqualTo(1);
        assertThat(stats.loadSuccesses()).isZero();
        assertThat(stats.misses()).isEqualTo(1);
        assertThat(stats.errors()).containsEntry(ErrorKind.SOURCE, 1L);
    }

    @Test
    void writesAndRemovalsAreCounted() {
        service().set("a", bytes("1"), LIFE);
        service().set("a", bytes("2"), LIFE);
        service().setIfAbsent("a", bytes("3"), LIFE);
        service().setIfAbsent("b", bytes("3"), LIFE);
        service().delete("a");
        service().deleteAll(List.of("b"));

        assertThat(service().stats().puts()).isEqualTo(3);
        assertThat(service().stats().removals()).isEqualTo(2);
    }

    @Test
    void eachCacheCountsForItselfAndTheServiceForAll() {
        Cache<String, String> first = openTexts("first");
        Cache<String, String> second = openTexts("second");
        first.put("k", "value");
        first.get("k");
        second.get("k");
        service().get("k");

        assertThat(first.stats().hitCount()).isEqualTo(1);
        assertThat(first.stats().misses()).isZero();
        assertThat(first.stats().puts()).isEqualTo(1);
        assertThat(second.stats().hitCount()).isZero();
        assertThat(second.stats().misses()).isEqualTo(1);
        CacheStats all = service().stats();
        assertThat(all.hitCount()).isEqualTo(1);
        assertThat(all.misses()).isEqualTo(2);
        assertThat(all.puts()).isEqualTo(1);
        assertThat(all.caches()).containsKeys("first", "second");
        assertThat(all.caches().get("first")).isEqualTo(first.stats());
        assertThat(first.stats().name()).isEqualTo("first");
    }

    @Test
    void aCachedNullIsAHit() {
        Cache<String, String> cache =
                texts("t").ttl(LIFE).nullTtl(LIFE).loader(key -> null).open();
        cache.get("k");
        cache.get("k");

        assertThat(cache.stats().misses()).isEqualTo(1);
        assertThat(cache.stats().hitCount()).isEqualTo(1);
        assertThat(cache.stats().loadSuccesses()).isEqualTo(1);
    }

    @Test
    void readsThatNeverLoadAreCountedToo() {
        Cache<String, String> cache =
                texts("t").ttl(LIFE).loader(key -> "loaded").open();
        cache.getIfPresent("k");
        cache.get("k");
        cache.getIfPresent("k");

        assertThat(cache.stats().misses()).isEqualTo(2);
        assertThat(cache.stats().hitCount()).isEqualTo(1);
    }

    @Test
    void callersOfOneLoadAreMissesEachAndTheLoadIsOne() throws Exception {
        GatedLoader<String, byte[]> loader = new GatedLoader<>(key -> bytes("value"));
        Crowd.runAll(
                8,
                loader.opensWhen(() -> service().stats().misses() == 8),
                thread -> () -> service().get("k", LIFE, loader));

        CacheStats stats = service().stats();
        assertThat(stats.requestCount()).isEqualTo(8);
        assertThat(stats.misses()).isEqualTo(8);
        assertThat(stats.loadSuccesses()).isEqualTo(1);
        assertThat(stats.puts()).isEqualTo(1);
    }

    @Test
    void hitsOfManyThreadsAreExact() throws Exception {
        Cache<String, String> cache = openTexts("t");
        cache.put("k", "value");
        Crowd.runAll(4, thread -> () -> {
            for (int i = 0; i < 500; i++) {
                cache.get("k");
                cache.get("nobody");
            }
            return thread;
        });

        assertThat(cache.stats().hitCount()).isEqualTo(2_000);
        assertThat(cache.stats().misses()).isEqualTo(2_000);
    }

    @Test
    void aSnapshotDoesNotChange() {
        CacheStats before = service().stats();
        service().get("nobody");

        assertThat(before.misses()).isZero();
    }
}
