package io.cacheservice.redis.loading;

import static io.cacheservice.redis.loading.Fleet.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats.LoadStats;
import io.cacheservice.Loader;
import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
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
            var waiting = second.async().lookup("k");
            until(() -> loads(second).leasesHeld() > 0);
            source.letGo();

            assertThat(Crowd.get(loading)).isEqualTo("loaded");
            assertThat(Crowd.get(waiting).valueOrNull()).isEqualTo("loaded");
            assertThat(Crowd.get(waiting).reason()).isEqualTo(Reason.JOINED);
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
    void aResultInWhosePlaceThatOfAnotherLoadIsFoundIsADuplicate() throws Exception {
        try (Fleet fleet = Fleet.of(2, Duration.ZERO)) {
            Source slow = new Source("slow");
            Cache<String, String> late = Fleet.cache(fleet.service(0), c -> c.loader(slow));
            Cache<String, String> other = Fleet.cache(fleet.service(1), c -> c.loader(Source.open("other")));
            var loading = late.async().get("k");
            slow.awaitBegun();
            fleet.redis().command("DEL", "k"); // as the end of its lease would
            assertThat(other.get("k")).isEqualTo("other");
            slow.letGo();
            assertThat(Crowd.get(loading)).isEqualTo("slow");

            until(() -> loads(late).duplicates() == 1);
            assertThat(loads(late).fillsRefused()).isEqualTo(1);
            assertThat(loads(other).duplicates()).isZero();
        }
    }

    @Test
    void aLeaseThatNobodyGetsIsCountedAsRefused() throws Exception {
        try (Fleet fleet = Fleet.of(2, Duration.ZERO)) {
            Loader<String, String> failing = key -> {
                throw new IOException("no database");
            };
            List<Cache<String, String>> caches =
                    fleet.caches(cache -> cache.loader(failing).errorTtl(Fleet.LONG));
            for (Cache<String, String> cache : caches) {
                assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class);
            }

            assertThat(loads(caches.get(0)).leasesGranted()).isEqualTo(1);
            assertThat(loads(caches.get(0)).leasesRefused()).isZero();
            assertThat(loads(caches.get(1)).leasesRefused()).isEqualTo(1);
        }
    }

    @Test
    void aRefreshIsWastedWhenThisProcessHasNotReadItsResultByItsEnd() {
        ManualTime time = new ManualTime();
        try (RedisServer redis = RedisServer.start();
                CacheService service = CacheService.builder()
                        .config(Fleet.settings(redis.url(), Duration.ZERO).build())
                        .time(time)
                        .open()) {
            Cache<String, String> cache = Fleet.cache(service, c -> c.loader(Source.open("loaded")));
            for (String key : List.of("read", "unread")) {
                cache.put(key, "put");
                cache.refresh(key);
            }
            until(() -> loads(cache).refreshLead().samples() == 2);
            assertThat(cache.get("read")).isEqualTo("loaded");
            time.advance(Fleet.LONG);

            assertThat(loads(cache).refreshesWasted()).isEqualTo(1);
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
