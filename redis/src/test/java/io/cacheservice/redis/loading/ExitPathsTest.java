package io.cacheservice.redis.loading;

import static io.cacheservice.redis.loading.Fleet.LONG;
import static io.cacheservice.redis.loading.Fleet.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.AsyncLoader;
import io.cacheservice.Cache;
import io.cacheservice.CacheBuilder;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.Refresh;
import io.cacheservice.Tiers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a load ends, the next one begins at once: here, elsewhere, and in the background. */
@Timeout(120)
class ExitPathsTest {
    /** More than the places for loads that nobody waits for. */
    private static final int MORE_THAN_PLACES = 70;

    enum Exit {
        RETURNS(key -> CompletableFuture.completedFuture("v")),
        RETURNS_NONE(key -> CompletableFuture.completedFuture(null)),
        THROWS(key -> {
            throw new IllegalStateException("no database");
        }),
        THROWS_AN_ERROR(key -> {
            throw new AssertionError("no database");
        }),
        FAILS_LATER(key -> CompletableFuture.supplyAsync(
                () -> {
                    throw new IllegalStateException("no database");
                },
                Crowd::thread)),
        ANSWERS_NO_FUTURE(key -> nothing()),
        IS_CANCELLED(key -> {
            CompletableFuture<String> cancelled = new CompletableFuture<>();
            cancelled.cancel(false);
            return cancelled;
        }),
        IS_INTERRUPTED(key -> {
            Thread.currentThread().interrupt();
            new CountDownLatch(1).await();
            throw new AssertionError("not interrupted");
        }),
        HANGS(key -> {
            new CountDownLatch(1).await();
            throw new AssertionError("not interrupted");
        }),
        NEVER_ANSWERS(key -> new CompletableFuture<>()),
        CANNOT_BE_TAGGED(key -> CompletableFuture.completedFuture("untaggable")),
        HAS_TOO_MANY_TAGS(key -> CompletableFuture.completedFuture("too many tags")),
        IS_TOO_BIG(key -> CompletableFuture.completedFuture("x".repeat(2_000_000)));

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final Call call;

        Exit(Call call) {
            this.call = call;
        }

        /** Whether only its time ends it. */
        boolean isSlow() {
            return this == HANGS || this == NEVER_ANSWERS;
        }
    }

    interface Call {
        CompletionStage<@Nullable String> load(String key) throws Exception;
    }

    @SuppressWarnings("NullAway") // what a loader must not answer
    private static CompletionStage<@Nullable String> nothing() {
        return null;
    }

    private static Set<String> tags(String value) {
        if (value.equals("untaggable")) {
            throw new IllegalStateException("no tags");
        }
        Set<String> many = new HashSet<>();
        for (int i = 0; value.equals("too many tags") && i < 10_000; i++) {
            many.add("t" + i);
        }
        return many;
    }

    private static CacheBuilder<String, String> policy(
            CacheBuilder<String, String> cache, Exit exit, AtomicReference<Exit> now) {
        AsyncLoader<String, String> loader =
                (key, context) -> Objects.requireNonNull(now.get(), "exit").call.load(key);
        return cache.asyncLoader(loader)
                .tags((key, value) -> tags(value))
                .refresh(Refresh.none())
                .errorTtl(Duration.ZERO)
                .loadTimeout(exit.isSlow() ? Duration.ofMillis(500) : LONG);
    }

    private static void readAnyhow(Cache<String, String> cache, String key) {
        try {
            cache.get(key);
        } catch (CacheException expected) {
            assertThat(expected).isNotNull();
        }
    }

    /** All of it in one walk: a reader's load, and so many in the background that a place that is not freed is missed. */
    private static void walk(Exit exit, List<Cache<String, String>> caches, AtomicReference<Exit> now) {
        Cache<String, String> first = caches.get(0);
        now.set(exit);
        readAnyhow(first, "k");
        for (int i = 0; i < MORE_THAN_PLACES; i++) {
            first.refresh("b" + i);
        }
        long begun = MORE_THAN_PLACES / 2;
        until(() -> loads(first) > begun);
        now.set(Exit.RETURNS);
        for (Cache<String, String> cache : caches) {
            cache.invalidate("k");
            assertThat(cache.get("k")).isEqualTo("v");
        }
        until(() -> {
            first.refresh("last");
            return "v".equals(first.getIfPresent("last"));
        });
        for (int i = 0; i < MORE_THAN_PLACES; i++) {
            String key = "c" + i;
            first.refresh(key);
            until(() -> "v".equals(first.getIfPresent(key)));
        }
    }

    private static long loads(Cache<String, String> cache) {
        return cache.stats().loadSuccesses() + cache.stats().loadFailures();
    }

    @ParameterizedTest
    @EnumSource(Exit.class)
    void overRedis(Exit exit) {
        try (Fleet fleet = Fleet.of(0, LONG)) {
            fleet.add(Fleet.settings(fleet.redis().url(), LONG)
                    .maxValueBytes(1_000_000)
                    .build());
            fleet.add(Fleet.settings(fleet.redis().url(), LONG).build());
            AtomicReference<Exit> now = new AtomicReference<>(exit);
            walk(exit, fleet.caches(cache -> policy(cache, exit, now)), now);
        }
    }

    @ParameterizedTest
    @EnumSource(Exit.class)
    void inThisProcessAlone(Exit exit) {
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxValueBytes(1_000_000).build())) {
            AtomicReference<Exit> now = new AtomicReference<>(exit);
            CacheBuilder<String, String> cache =
                    service.cache("c", String.class).ttl(LONG).tiers(Tiers.LOCAL_ONLY);
            walk(exit, List.of(policy(cache, exit, now).open()), now);
        }
    }

    @Test
    void anExecutorThatRefusesLeavesTheKeyToOthers() {
        try (Fleet fleet = Fleet.of(1, LONG)) {
            AtomicInteger refusals = new AtomicInteger();
            try (CacheService refusing = CacheService.builder()
                    .config(Fleet.settings(fleet.redis().url(), LONG).build())
                    .executor(task -> {
                        refusals.incrementAndGet();
                        throw new RejectedExecutionException("full");
                    })
                    .open()) {
                Cache<String, String> refused =
                        Fleet.cache(refusing, cache -> cache.loadTimeout(LONG).loader(key -> "never"));
                assertThatThrownBy(() -> refused.get("k")).hasStackTraceContaining("no thread is free for the load");
                refused.put("r", "old");
                refused.refresh("r");
                until(() -> refusals.get() >= 2);

                Cache<String, String> other = Fleet.cache(
                        fleet.service(0), cache -> cache.loadTimeout(LONG).loader(key -> "other"));
                assertThat(other.get("k")).isEqualTo("other");
                other.refresh("r");
                until(() -> "other".equals(other.get("r")));
                assertThat(refused.get("k")).isEqualTo("other");
            }
        }
    }

    @Test
    void aReaderWhoIsInterruptedLeavesTheLoadToTheOthers() throws Exception {
        try (Fleet fleet = Fleet.of(1, LONG)) {
            Source source = new Source("loaded");
            Cache<String, String> cache = fleet.caches(c -> c.loader(source)).get(0);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> cache.get("k")).hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            source.awaitBegun();
            CompletableFuture<String> other = cache.async().get("k");
            source.letGo();

            assertThat(Crowd.get(other)).isEqualTo("loaded");
            assertThat(source.loads()).isEqualTo(1);
        }
    }

    private static long loadThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cache-service-load"))
                .count();
    }

    @Test
    void whileOneLoaderHangsAThousandOtherKeysAndAnotherProcessAreServed() throws Exception {
        until(() -> loadThreads() == 0);
        try (Fleet fleet = Fleet.of(2, LONG)) {
            Source hanging = new Source("late");
            List<Cache<String, String>> caches = fleet.caches(cache ->
                    cache.loadTimeout(LONG).loader(key -> key.equals("hangs") ? hanging.load(key) : "v" + key));
            CompletableFuture<String> late = caches.get(0).async().get("hangs");
            hanging.awaitBegun();
            for (int i = 0; i < 1_000; i++) {
                String key = "k" + i;
                assertThat(caches.get(i % 2).get(key)).isEqualTo("v" + key);
            }
            assertThat(late).isNotDone();
            hanging.letGo();

            assertThat(Crowd.get(late)).isEqualTo("late");
            assertThat(caches.get(1).get("hangs")).isEqualTo("late");
        }
        until(() -> loadThreads() == 0);
    }
}
