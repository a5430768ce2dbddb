package io.cacheservice.redis.loading;

import static io.cacheservice.redis.loading.Fleet.LONG;
import static io.cacheservice.redis.loading.Fleet.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.Lookup;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.Refresh;
import io.cacheservice.SourceException;
import io.cacheservice.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody waits for the reload of what has expired, as long as that may still serve; what was removed never serves. */
@Timeout(120)
class StaleWhileLoadingTest {
    private static final Duration WINDOW = Duration.ofHours(1);

    /** Serves what has expired for long, and waits for no reload. */
    private static CacheBuilder<String, String> patient(CacheBuilder<String, String> cache) {
        return cache.failSafe(WINDOW).softTimeout(Duration.ZERO).refresh(Refresh.none());
    }

    private static void putExpired(Cache<String, String> cache) {
        cache.put("k", "old");
        cache.expire("k");
    }

    private static boolean isFresh(Lookup<String> found, String value) {
        return value.equals(found.valueOrNull()) && found instanceof Lookup.Hit<String> hit && !hit.stale();
    }

    @Test
    void anExpiredValueServesAllProcessesWhileOneReloadsIt() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            Source source = new Source("new");
            List<Cache<String, String>> caches =
                    fleet.caches(cache -> patient(cache).loader(source));
            putExpired(caches.get(0));

            List<Lookup<String>> found =
                    Crowd.begin(16, i -> () -> caches.get(i % 2).lookup("k")).results();

            assertThat(found).allSatisfy(each -> {
                assertThat(each.valueOrNull()).isEqualTo("old");
                assertThat(each.stale()).isTrue();
                assertThat(each.reason()).isEqualTo(Reason.STALE_WHILE_LOADING);
            });
            source.letGo();
            caches.forEach(cache -> until(() -> isFresh(cache.lookup("k"), "new")));
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    @Test
    void aReloadThatOutlastsTheSoftTimeoutIsWaitedForNoLonger() throws Exception {
        try (Fleet fleet = Fleet.of(1, LONG)) {
            Source source = new Source("new");
            Cache<String, String> cache = fleet.caches(
                            c -> patient(c).softTimeout(Duration.ofMillis(20)).loader(source))
                    .get(0);
            putExpired(cache);

            assertThat(cache.lookup("k").reason()).isEqualTo(Reason.STALE_WHILE_LOADING);
            source.letGo();
            until(() -> isFresh(cache.lookup("k"), "new"));
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    @Test
    void aReloadThatIsQuickEnoughIsWaitedFor() {
        try (Fleet fleet = Fleet.of(1, LONG)) {
            Source source = Source.open("new");
            Cache<String, String> cache = fleet.caches(
                            c -> patient(c).softTimeout(LONG).loader(source))
                    .get(0);
            putExpired(cache);

            assertThat(cache.lookup("k").reason()).isEqualTo(Reason.LOADED);
            assertThat(cache.get("k")).isEqualTo("new");
        }
    }

    @Test
    void whenTheReloadFailsTheExpiredValueServesAllProcesses() {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            List<Cache<String, String>> caches = fleet.caches(
                    cache -> patient(cache).softTimeout(LONG).errorTtl(LONG).loader(StaleWhileLoadingTest::fail));
            putExpired(caches.get(0));

            for (int i = 0; i < 10; i++) {
                Lookup<String> found = caches.get(i % 2).lookup("k");
                assertThat(found.valueOrNull()).isEqualTo("old");
                assertThat(found.reason()).isEqualTo(Reason.STALE_ON_ERROR);
            }
        }
    }

    private static String fail(String key) {
        throw new IllegalStateException("no database for " + key);
    }

    enum Removal {
        INVALIDATION(cache -> cache.invalidate("k")),
        TAG(cache -> cache.invalidateTag("t")),
        CLEAR(Cache::clear);

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final Consumer<Cache<String, String>> act;

        Removal(Consumer<Cache<String, String>> act) {
            this.act = act;
        }
    }

    private static boolean isStale(Cache<String, String> cache) {
        try {
            return cache.lookup("k").isHit();
        } catch (SourceException nothingToServe) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(Removal.class)
    void whatWasRemovedServesNobody(Removal removal) {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            List<Cache<String, String>> caches = fleet.caches(cache -> patient(cache)
                    .softTimeout(LONG)
                    .tags((key, value) -> Set.of("t"))
                    .loader(StaleWhileLoadingTest::fail));
            putExpired(caches.get(0));
            caches.forEach(cache -> assertThat(cache.get("k")).isEqualTo("old"));
            removal.act.accept(caches.get(0));

            assertThatThrownBy(() -> caches.get(0).get("k")).isInstanceOf(SourceException.class);
            // once it has heard of it
            until(() -> !isStale(caches.get(1)));
            assertThatThrownBy(() -> caches.get(1).get("k")).isInstanceOf(SourceException.class);
        }
    }

    @Test
    void whatAForeignClientRemovedServesNobody() {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            List<Cache<String, String>> caches =
                    fleet.caches(cache -> patient(cache).softTimeout(LONG).loader(StaleWhileLoadingTest::fail));
            putExpired(caches.get(0));
            caches.forEach(cache -> assertThat(cache.get("k")).isEqualTo("old"));
            fleet.redis().command("DEL", "k");

            caches.forEach(cache -> assertThatThrownBy(() -> cache.get("k")).isInstanceOf(SourceException.class));
        }
    }

    @Test
    void whatIsWrittenAfterFailedReloadsIsLoadedAgainAtOnceWhenItIsRemoved() {
        AtomicReference<String> source = new AtomicReference<>();
        try (Fleet fleet = Fleet.of(1, LONG)) {
            Cache<String, String> cache = fleet.caches(
                            c -> patient(c).softTimeout(LONG).errorTtl(LONG).loader(key -> {
                                String value = source.get();
                                return value == null ? fail(key) : value;
                            }))
                    .get(0);
            putExpired(cache);
            assertThat(cache.lookup("k").reason()).isEqualTo(Reason.STALE_ON_ERROR);
            source.set("new");
            cache.invalidate("k");

            assertThat(cache.get("k")).isEqualTo("new");
        }
    }

    @Test
    void whileReloadsFailTheSourceIsAskedLessAndLess() {
        ManualTime time = new ManualTime();
        List<Long> askedAtMillis = new ArrayList<>();
        try (CacheService service = service(time)) {
            Cache<String, String> cache = patient(
                            service.cache("c", String.class).ttl(Duration.ofMinutes(1)))
                    .softTimeout(LONG)
                    .loader(key -> {
                        askedAtMillis.add(time.epochMillis());
                        return fail(key);
                    })
                    .open();
            cache.put("k", "old");
            time.advance(Duration.ofMinutes(1));
            for (int i = 0; i < 400; i++) {
                assertThat(cache.lookup("k").reason()).isEqualTo(Reason.STALE_ON_ERROR);
                time.advance(Duration.ofMillis(100));
            }
        }

        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < askedAtMillis.size(); i++) {
            pauses.add(askedAtMillis.get(i) - askedAtMillis.get(i - 1));
        }
        // nine tenths of 1 s, 2 s, 4 s, 8 s and 16 s
        assertThat(pauses).containsExactly(900L, 1_800L, 3_600L, 7_200L, 14_400L);
    }

    @Test
    void whoHasNothingToFallBackToIsNotKeptWaitingByFailuresOfOthersWhoHad() {
        ManualTime time = new ManualTime();
        AtomicReference<String> source = new AtomicReference<>();
        try (CacheService service = service(time)) {
            Cache<String, String> cache = service.cache("c", String.class)
                    .ttl(Duration.ofMinutes(1))
                    .failSafe(Duration.ofSeconds(10))
                    .softTimeout(LONG)
                    .loader(key -> {
                        String value = source.get();
                        return value == null ? fail(key) : value;
                    })
                    .open();
            cache.put("k", "old");
            time.advance(Duration.ofMinutes(1));
            for (int i = 0; i < 99; i++) {
                assertThat(cache.lookup("k").reason()).isEqualTo(Reason.STALE_ON_ERROR);
                time.advance(Duration.ofMillis(100));
            }
            source.set("new");
            time.advance(Duration.ofMillis(200));

            assertThat(cache.get("k")).isEqualTo("new");
        }
    }

    /** In this process alone, with dice that always show nine tenths. */
    private static CacheService service(ManualTime time) {
        Random dice = new Random(1) {
            private static final long serialVersionUID = 1;

            @Override
            public double nextDouble() {
                return 0.9;
            }
        };
        return CacheService.builder()
                .config(CacheConfig.builder().build())
                .time(time)
                .random(dice)
                .open();
    }

    @Test
    void oneReloadsForAllProcessesWhoeverElseWantsTo() throws Exception {
        try (Fleet fleet = Fleet.of(3, LONG)) {
            Source source = new Source("new");
            List<Cache<String, String>> caches =
                    fleet.caches(cache -> cache.refresh(Refresh.none()).loader(source));
            caches.get(0).put("k", "old");
            caches.get(0).refresh("k");
            source.awaitBegun();
            for (int i = 0; i < 30; i++) {
                Cache<String, String> cache = caches.get(i % 3);
                cache.refresh("k");
                // the answer to the second follows that to the refresh, whose own read came before the first
                assertThat(cache.get("k", ReadOptions.latest())).isEqualTo("old");
                assertThat(cache.get("k", ReadOptions.latest())).isEqualTo("old");
            }
            source.letGo();

            caches.forEach(cache -> until(() -> "new".equals(cache.get("k"))));
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    @Test
    void staleWhileRevalidateServesAtOnceAndReloadsOnceInTheFleet() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            Source source = new Source("new");
            List<Cache<String, String>> caches =
                    fleet.caches(cache -> cache.refresh(Refresh.staleWhileRevalidate(WINDOW, Refresh.none()))
                            .loader(source));
            putExpired(caches.get(0));
            for (int i = 0; i < 20; i++) {
                Lookup<String> found = caches.get(i % 2).lookup("k");
                assertThat(found.valueOrNull()).isEqualTo("old");
                assertThat(found.reason()).isEqualTo(Reason.STALE_WHILE_LOADING);
            }
            source.awaitBegun();
            source.letGo();

            caches.forEach(cache -> until(() -> isFresh(cache.lookup("k"), "new")));
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    @Test
    void whatIsReadIsReloadedFromTimeToTime() {
        try (Fleet fleet = Fleet.of(0, LONG)) {
            CacheService service = fleet.add(Fleet.settings(fleet.redis().url(), LONG)
                    .refreshInterval(Duration.ofMillis(20))
                    .ttlThreshold(Duration.ofHours(1))
                    .refreshProb(1)
                    .build());
            AtomicInteger loads = new AtomicInteger();
            Cache<String, String> cache = Fleet.cache(
                    service, c -> c.refresh(Refresh.none()).loader(key -> "load " + loads.incrementAndGet()));

            assertThat(cache.get("k")).isEqualTo("load 1");
            until(() -> "load 3".equals(cache.get("k")));
        }
    }
}
