package io.cacheservice.redis.loading;

import static io.cacheservice.redis.loading.Fleet.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheStats.LoadStats;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What processes do for each other in loading is counted where it is done. */
@Timeout(120)
class LoadCountsTest {
    private static LoadStats loads(Cache<?, ?> cache) {
        return cache.stats().loads();
    }

    @Test
    void aLeaseIsCountedByWhoHasItAndByWhoWaitsForIt() throws Exception {
        try (Fleet fleet = Fleet.of(2, Duration.ZERO)) {
            Source source = new Source("loaded");
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loader(source));
            Cache<String, String> first = caches.get(0);
            Cache<String, String> second = caches.get(1);
            var loading = first.async().get("k");
            source.awaitBegun();
            var waiting = second.async().get("k");
            until(() -> loads(second).leasesHeld() > 0);
            source.letGo();

            assertThat(Crowd.get(loading)).isEqualTo("loaded");
            assertThat(Crowd.get(waiting)).isEqualTo("loaded");
            assertThat(loads(first).leasesGranted()).isEqualTo(1);
            assertThat(loads(second).leasesGranted()).isZero();
            assertThat(second.stats().loadSuccesses()).isZero();
        }
    }

    @Test
    void aResultThatAWriteOfAnotherProcessOvertookIsCountedAsRefused() throws Exception {
        try (Fleet fleet = Fleet.of(2, Duration.ZERO)) {
            Source source = new Source("loaded");
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loader(source));
            var loading = caches.get(0).async().get("k");
            source.awaitBegun();
            caches.get(1).put("k", "put");
            source.letGo();
            Crowd.get(loading);

            assertThat(loads(caches.get(0)).fillsRefused()).isEqualTo(1);
            assertThat(caches.get(0).get("k")).isEqualTo("put");
        }
    }

    @Test
    void aRefreshThatAnotherProcessDoesIsCountedAsLeft() throws Exception {
        try (Fleet fleet = Fleet.of(2, Duration.ZERO)) {
            Source source = new Source("loaded");
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loader(source));
            caches.get(0).put("k", "put");
            caches.get(0).refresh("k");
            source.awaitBegun();
            caches.get(1).refresh("k");
            until(() -> loads(caches.get(1)).refreshesLeft() == 1);
            source.letGo();

            assertThat(loads(caches.get(0)).refreshesLeft()).isZero();
            assertThat(loads(caches.get(1)).refreshes()).isEqualTo(1);
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    @Test
    void aRefreshForWhichThereIsNoRoomIsCountedAsShed() {
        try (Fleet fleet = Fleet.of(1, Duration.ZERO)) {
            Source source = new Source("loaded");
            Cache<String, String> cache = fleet.caches(c -> c.loader(source)).get(0);
            for (int i = 0; i < 65; i++) {
                cache.put("k" + i, "put");
                cache.refresh("k" + i);
            }
            until(() -> loads(cache).refreshes() + loads(cache).refreshesShed() == 65);
            source.letGo();

            assertThat(loads(cache).refreshes()).isEqualTo(64);
            assertThat(loads(cache).refreshesShed()).isEqualTo(1);
        }
    }
}
