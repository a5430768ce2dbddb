package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheservice.AsyncLoader;
import io.cacheservice.Cache;
import io.cacheservice.LoadContext;
import io.cacheservice.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loaders that answer later, without holding a thread meanwhile. */
abstract class AsyncLoaderContract extends TierContract {
    private final Map<String, CompletableFuture<@Nullable String>> asked = new ConcurrentHashMap<>();
    private final Map<String, LoadContext<String>> contexts = new ConcurrentHashMap<>();

    private CompletionStage<@Nullable String> ask(String key, LoadContext<String> context) {
        CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
        contexts.put(key, context);
        asked.put(key, answer);
        return answer;
    }

    private CompletableFuture<@Nullable String> awaitAsked(String key) {
        return await().until(() -> asked.get(key), answer -> answer != null);
    }

    private Cache<String, String> asking() {
        return texts("t").ttl(LIFE).asyncLoader(this::ask).open();
    }

    private Cache<String, String> loading(AsyncLoader<String, String> loader) {
        return texts("t").ttl(LIFE).asyncLoader(loader).open();
    }

    private static <T extends @Nullable Object> T in20Seconds(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aValueThatComesLaterIsKept() throws Exception {
        Cache<String, String> cache = asking();
        CompletableFuture<@Nullable String> reading = cache.async().get("k");
        awaitAsked("k").complete("later");

        assertThat(in20Seconds(reading)).isEqualTo("later");
        assertThat(cache.getIfPresent("k")).isEqualTo("later");
    }

    @Test
    void theContextMayBeUsedUntilTheAnswerIsThere() throws Exception {
        Cache<String, String> cache = asking();
        CompletableFuture<@Nullable String> reading = cache.async().get("k");
        CompletableFuture<@Nullable String> answer = awaitAsked("k");
        Objects.requireNonNull(contexts.get("k"), "asked").ttl(SECOND.multipliedBy(30));
        answer.complete("later");
        in20Seconds(reading);

        assertLife(cache.lookup("k"), SECOND.multipliedBy(30));
    }

    @Test
    void readersOfOneKeyShareItsLoad() throws Exception {
        Cache<String, String> cache = asking();
        CompletableFuture<@Nullable String> first = cache.async().get("k");
        CompletableFuture<@Nullable String> answer = awaitAsked("k");
        CompletableFuture<@Nullable String> second = cache.async().get("k");
        await().until(() -> cache.stats().loads().joined() == 1);
        answer.complete("later");

        assertThat(in20Seconds(first)).isEqualTo("later");
        assertThat(in20Seconds(second)).isEqualTo("later");
        assertThat(cache.stats().loadSuccesses()).isEqualTo(1);
    }

    @Test
    void noThreadIsHeldMeanwhile() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            Cache<String, String> cache = openWith(seams -> seams.executor(one))
                    .cache("t", String.class)
                    .codec(new TextCodec())
                    .asyncLoader(this::ask)
                    .open();
            CompletableFuture<@Nullable String> first = cache.async().get("a");
            CompletableFuture<@Nullable String> second = cache.async().get("b");
            CompletableFuture<@Nullable String> ofA = awaitAsked("a");
            awaitAsked("b").complete("of b");

            assertThat(in20Seconds(second)).isEqualTo("of b");
            ofA.complete("of a");
            assertThat(in20Seconds(first)).isEqualTo("of a");
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void nullIsThatTheSourceHasNone() {
        Cache<String, String> cache = loading((key, context) -> CompletableFuture.completedFuture(null));

        assertThat(cache.get("k")).isNull();
        assertThat(cache.stats().loadSuccesses()).isEqualTo(1);
    }

    @Test
    void aFutureThatFailsTellsItsOwnCause() {
        IOException cause = new IOException("no database");
        Cache<String, String> cache = loading((key, context) -> CompletableFuture.failedFuture(cause));

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .cause()
                .isSameAs(cause);
    }

    @Test
    void aLoaderThatThrowsHasFailedToo() {
        IOException cause = new IOException("no connection");
        Cache<String, String> cache = loading((key, context) -> {
            throw cause;
        });

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .cause()
                .isSameAs(cause);
    }

    @Test
    void noFutureAtAllIsAnErrorThatSaysWhatToAnswer() {
        Cache<String, String> cache = loading((key, context) -> Nulls.smuggled());

        assertThatThrownBy(() -> cache.get("k"))
                .isInstanceOf(SourceException.class)
                .cause()
                .hasMessageContaining("must answer a future");
    }

    @Test
    void anAnswerThatNeverComesEndsWithTheLoadTimeoutAndALateOneIsDropped() {
        Cache<String, String> cache = texts("t")
                .ttl(LIFE)
                .errorTtl(Duration.ZERO)
                .loadTimeout(Duration.ofMillis(50))
                .asyncLoader(this::ask)
                .open();

        await().until(() -> {
            assertThatThrownBy(() -> cache.get("k"))
                    .isInstanceOf(SourceException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
            return asked.containsKey("k"); // the time may be up before a thread is free for it
        });
        awaitAsked("k").complete("late");
        await().until(() -> cache.stats().loads().late() == 1);
        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    void manyAreAskedForAtOnceAndThoseWithoutAValueAreAbsent() {
        List<Set<String>> questions = new CopyOnWriteArrayList<>();
        Cache<String, String> cache = texts("t")
                .ttl(LIFE)
                .asyncBulkLoader(keys -> {
                    questions.add(Set.copyOf(keys));
                    return CompletableFuture.completedFuture(Map.of("a", "1", "b", "2"));
                })
                .open();

        assertThat(cache.getAll(List.of("a", "b", "nobody"))).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(cache.getIfPresent("b")).isEqualTo("2");
        assertThat(questions).containsExactly(Set.of("a", "b", "nobody"));
    }

    @Test
    void aSingleKeyIsLoadedByTheLoaderOfMany() {
        Cache<String, String> cache = texts("t")
                .ttl(LIFE)
                .asyncBulkLoader(keys -> CompletableFuture.completedFuture(Map.of("k", "of " + keys)))
                .open();

        assertThat(cache.get("k")).isEqualTo("of [k]");
    }

    @Test
    void aLoadOfManyThatFailsFailsForEachOfThem() {
        IOException cause = new IOException("no database");
        Cache<String, String> cache = texts("t")
                .errorTtl(Duration.ZERO)
                .asyncBulkLoader(keys -> CompletableFuture.failedFuture(cause))
                .open();

        assertThatThrownBy(() -> cache.getAll(List.of("a", "b")))
                .isInstanceOf(SourceException.class)
                .cause()
                .isSameAs(cause);
    }
}
