package io.cacheservice.redis.loading;

import static io.cacheservice.redis.loading.Crowd.get;
import static io.cacheservice.redis.loading.Fleet.LONG;
import static io.cacheservice.redis.loading.Fleet.SHORT;
import static io.cacheservice.redis.loading.Fleet.until;
import static io.cacheservice.redis.loading.Fleet.untilPast;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.ContextLoader;
import io.cacheservice.ReadOptions;
import io.cacheservice.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A load that began before something was written, removed or invalidated leaves nothing behind for later readers. */
@Timeout(120)
class NoStaleFillTest {
    /** What makes an older value of {@code k} void, and who does it. */
    enum Change {
        OWN_INVALIDATION(caches -> caches.get(0).invalidate("k")),
        OWN_TAG(caches -> caches.get(0).invalidateTag("t")),
        OWN_CLEAR(caches -> caches.get(0).clear()),
        INVALIDATION_BY_ANOTHER(caches -> caches.get(1).invalidate("k")),
        TAG_BY_ANOTHER(caches -> caches.get(1).invalidateTag("t")),
        CLEAR_BY_ANOTHER(caches -> caches.get(1).clear());

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final Consumer<List<Cache<String, String>>> act;

        Change(Consumer<List<Cache<String, String>>> act) {
            this.act = act;
        }

        boolean isOwn() {
            return name().startsWith("OWN");
        }
    }

    private static UnaryOperator<CacheBuilder<String, String>> tagged(Source source) {
        return cache -> cache.loader(source).tags((key, value) -> Set.of("t"));
    }

    /** A loader that names the tag itself, once it has the value. */
    private static UnaryOperator<CacheBuilder<String, String>> taggedByLoader(Source source) {
        ContextLoader<String, String> loader = (key, context) -> {
            String value = source.load(key);
            context.tag("t");
            return value;
        };
        return cache -> cache.loader(loader);
    }

    private static void whatChangesDuringALoadIsNotUndone(
            Change change,
            Duration maxStaleness,
            boolean isHeldBefore,
            UnaryOperator<CacheBuilder<String, String>> policy,
            Source source)
            throws Exception {
        try (Fleet fleet = Fleet.of(2, maxStaleness)) {
            List<Cache<String, String>> caches = fleet.caches(policy);
            if (isHeldBefore) {
                caches.get(0).put("other", "v");
                caches.forEach(cache -> cache.get("other"));
            }
            CompletableFuture<String> old = caches.get(0).async().get("k");
            source.awaitBegun();
            source.is("new");
            change.act.accept(caches);
            if (change.isOwn()) {
                CompletableFuture<String> after = caches.get(0).async().get("k");
                source.letGo();
                assertThat(get(after)).isEqualTo("new");
            } else {
                source.letGo();
            }

            assertThat(get(old)).isEqualTo("old");
            assertThat(caches.get(1).get("k")).isEqualTo("new");
            assertThat(caches.get(0).get("k", ReadOptions.latest())).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void whatIsInvalidatedDuringALoadStaysSo(Change change) throws Exception {
        Source source = new Source("old");
        whatChangesDuringALoadIsNotUndone(change, LONG, false, tagged(source), source);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void whatIsInvalidatedDuringALoadStaysSoWhereItsTagIsKnownBefore(Change change) throws Exception {
        Source source = new Source("old");
        whatChangesDuringALoadIsNotUndone(change, LONG, true, tagged(source), source);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void whatIsInvalidatedDuringALoadStaysSoWhereNothingIsHeldInTheProcess(Change change) throws Exception {
        Source source = new Source("old");
        whatChangesDuringALoadIsNotUndone(change, Duration.ZERO, false, tagged(source), source);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void whatIsInvalidatedByATagThatOnlyTheLoaderNamesStaysSo(Change change) throws Exception {
        Source source = new Source("old");
        whatChangesDuringALoadIsNotUndone(change, LONG, false, taggedByLoader(source), source);
    }

    @Test
    void aForeignRemovalDuringALoadIsNotUndone() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            Source source = new Source("old");
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loader(source));
            CompletableFuture<String> old = caches.get(0).async().get("k");
            source.awaitBegun();
            source.is("new");
            assertThat(fleet.redis().command("DEL", "k")).isEqualTo(1L);
            source.letGo();

            assertThat(get(old)).isEqualTo("old");
            assertThat(fleet.redis().command("EXISTS", "k")).isEqualTo(0L);
            assertThat(caches.get(0).get("k")).isEqualTo("new");
            assertThat(caches.get(1).get("k")).isEqualTo("new");
            assertThat(source.loads()).isEqualTo(2);
        }
    }

    @Test
    void whatAnotherProcessWritesDuringALoadStays() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            Source source = new Source("old");
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loader(source));
            CompletableFuture<String> old = caches.get(0).async().get("k");
            source.awaitBegun();
            caches.get(1).put("k", "written");
            source.letGo();

            assertThat(get(old)).isEqualTo("old");
            assertThat(caches.get(0).get("k")).isEqualTo("written");
            assertThat(caches.get(1).get("k")).isEqualTo("written");
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    @Test
    void whatIsWrittenHereDuringALoadStaysAndIsWhatLaterReadersGet() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            Source source = new Source("old");
            List<Cache<String, String>> caches = fleet.caches(cache -> cache.loader(source));
            CompletableFuture<String> old = caches.get(0).async().get("k");
            source.awaitBegun();
            caches.get(0).put("k", "written");

            assertThat(caches.get(0).get("k")).isEqualTo("written");
            source.letGo();
            assertThat(get(old)).isEqualTo("old");
            assertThat(caches.get(0).get("k")).isEqualTo("written");
            assertThat(caches.get(1).get("k")).isEqualTo("written");
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    @Test
    void aClearByAnotherProcessDuringALoadIsNotUndone() throws Exception {
        Source source = new Source("old");
        whatChangesDuringALoadIsNotUndone(Change.CLEAR_BY_ANOTHER, LONG, false, cache -> cache.loader(source), source);
    }

    @Test
    void anInvalidationByAnotherOfATagThatOnlyTheLoaderNamesIsNotUndone() throws Exception {
        Source source = new Source("old");
        whatChangesDuringALoadIsNotUndone(Change.TAG_BY_ANOTHER, LONG, false, taggedByLoader(source), source);
    }

    /** Whoever asks more than the bound after {@code change}, while a load from before it still runs, gets the new value. */
    private static void whoComesLongAfterIsNotGivenTheLoad(BiConsumer<Fleet, List<Cache<String, String>>> change)
            throws Exception {
        try (Fleet fleet = Fleet.of(2, SHORT)) {
            Source source = new Source("old");
            List<Cache<String, String>> caches = fleet.caches(tagged(source));
            CompletableFuture<String> old = caches.get(0).async().get("k");
            source.awaitBegun();
            source.is("new");
            change.accept(fleet, caches);
            untilPast(SHORT);
            long misses = caches.get(0).stats().misses();
            CompletableFuture<String> late = caches.get(0).async().get("k");
            until(() -> caches.get(0).stats().misses() > misses);
            source.letGo();

            assertThat(get(old)).isEqualTo("old");
            assertThat(get(late)).isEqualTo("new");
            assertThat(source.loads()).isEqualTo(2);
        }
    }

    @Test
    void whoComesLongAfterAForeignRemovalDoesNotGetALoadFromBeforeIt() throws Exception {
        whoComesLongAfterIsNotGivenTheLoad((fleet, caches) -> fleet.redis().command("DEL", "k"));
    }

    @Test
    void whoComesLongAfterARemovalByAnotherDoesNotGetALoadFromBeforeIt() throws Exception {
        whoComesLongAfterIsNotGivenTheLoad((fleet, caches) -> caches.get(1).invalidate("k"));
    }

    @Test
    void whoComesLongAfterATagWasInvalidatedByAnotherDoesNotGetALoadFromBeforeIt() throws Exception {
        whoComesLongAfterIsNotGivenTheLoad((fleet, caches) -> caches.get(1).invalidateTag("t"));
    }

    @Test
    void whoComesLongAfterAClearByAnotherDoesNotGetALoadFromBeforeIt() throws Exception {
        whoComesLongAfterIsNotGivenTheLoad((fleet, caches) -> caches.get(1).clear());
    }

    @Test
    void whoComesLongAfterALoadBeganGetsItsResultWhereNothingHasChanged() throws Exception {
        for (Duration maxStaleness : List.of(Duration.ZERO, SHORT)) {
            try (Fleet fleet = Fleet.of(1, maxStaleness)) {
                Source source = new Source("loaded");
                Cache<String, String> cache = fleet.caches(tagged(source)).get(0);
                CompletableFuture<String> first = cache.async().get("k");
                source.awaitBegun();
                untilPast(SHORT);
                CompletableFuture<String> late = cache.async().get("k");
                until(() -> cache.stats().misses() == 2);
                source.letGo();

                assertThat(get(first)).isEqualTo("loaded");
                assertThat(get(late)).isEqualTo("loaded");
                assertThat(source.loads()).isEqualTo(1);
            }
        }
    }

    @Test
    void aHundredRemovalsDuringOneLoadLeadToOneMore() throws Exception {
        try (Fleet fleet = Fleet.of(1, LONG)) {
            Source source = new Source("old");
            Cache<String, String> cache = fleet.caches(c -> c.loader(source)).get(0);
            CompletableFuture<String> old = cache.async().get("k");
            source.awaitBegun();
            source.is("new");
            List<CompletableFuture<String>> later = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                cache.invalidate("k");
                later.add(cache.async().get("k"));
            }
            until(() -> cache.stats().misses() == 101);
            source.letGo();

            assertThat(get(old)).isEqualTo("old");
            for (CompletableFuture<String> each : later) {
                assertThat(get(each)).isEqualTo("new");
            }
            assertThat(source.loads()).isEqualTo(2);
        }
    }

    @Test
    void whatIsLoadedFirstAfterItsTagWasInvalidatedIsOfUse() {
        for (Duration maxStaleness : List.of(Duration.ZERO, LONG)) {
            try (Fleet fleet = Fleet.of(2, maxStaleness)) {
                AtomicInteger loads = new AtomicInteger();
                List<Cache<String, String>> caches = fleet.caches(cache ->
                        cache.tags((key, value) -> Set.of("t")).loader(key -> "load " + loads.incrementAndGet()));
                assertThat(caches.get(0).get("a")).isEqualTo("load 1");
                caches.get(0).invalidateTag("t");

                assertThat(caches.get(0).get("b")).isEqualTo("load 2");
                assertThat(caches.get(0).get("b")).isEqualTo("load 2");
                assertThat(caches.get(1).get("b")).isEqualTo("load 2");
            }
        }
    }

    @Test
    void aRemovalEndsWhatIsBeingCopiedFromRedis() throws Exception {
        try (Fleet fleet = Fleet.of(2, LONG)) {
            AtomicInteger loads = new AtomicInteger();
            List<Cache<String, String>> caches =
                    fleet.caches(cache -> cache.loader(key -> "load " + loads.incrementAndGet()));
            for (int round = 0; round < 200; round++) {
                caches.get(1).get("k");
                CompletableFuture<String> copying = caches.get(0).async().get("k");
                caches.get(0).invalidate("k");
                int before = loads.get();
                String after = caches.get(0).get("k");

                assertThat(get(copying)).startsWith("load ");
                assertThat(after).isEqualTo("load " + loads.get());
                assertThat(loads.get() - before).isLessThanOrEqualTo(1);
                assertThat(caches.get(0).lookup("k").tier()).isIn(Tier.LOCAL, Tier.REMOTE);
            }
        }
    }
}
