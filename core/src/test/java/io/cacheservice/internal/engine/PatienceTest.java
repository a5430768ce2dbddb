package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import io.cacheservice.Tier;
import io.cacheservice.internal.local.Entry;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PatienceTest {
    private final CompletableFuture<Answer<String>> loaded = new CompletableFuture<>();

    private static Entry<String> entry(String value) {
        return new Entry<>(value, new Entry.Times(0, Entry.FOR_EVER), 1, 10, Entry.Kind.VALUE, Entry.Notes.NONE, null);
    }

    private static Answer<String> answer(String value) {
        return Answer.of(entry(value), Tier.SOURCE, Reason.LOADED);
    }

    private static Patience<String, String> hard(long millis, @Nullable Function<String, String> onError) {
        return new Patience<>(OptionalLong.empty(), OptionalLong.of(millis), failure -> true, onError);
    }

    private static Patience<String, String> soft(long millis) {
        return new Patience<>(OptionalLong.of(millis), OptionalLong.empty(), failure -> true, null);
    }

    @Test
    void whoHasSomethingToFallBackToWaitsForTheSoftTimeoutAtMost() {
        Answer<String> got =
                soft(1).await("k", loaded, entry("stale"), Tier.REMOTE).join();

        assertThat(got.valueOrNull()).isEqualTo("stale");
        assertThat(got.reason()).isEqualTo(Reason.STALE_WHILE_LOADING);
    }

    @Test
    void whatIsLoadedInTimeIsAnsweredAndNothingElse() {
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<Answer<String>> load = new CompletableFuture<>();
            var answered = soft(60_000).await("k", load, entry("stale"), Tier.REMOTE);
            load.complete(answer("loaded"));

            assertThat(answered.join().valueOrNull()).isEqualTo("loaded");
        }
    }

    @Test
    void anErrorFunctionThatFailsFailsTheReaderWhenTheTimeIsUp() {
        var answered = hard(1, key -> {
                    throw new IllegalStateException("no default");
                })
                .await("k", loaded, null, Tier.REMOTE);

        assertThatThrownBy(answered::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("no default");
    }

    @Test
    void anErrorFunctionThatFailsFailsTheReaderWhenTheLoadDoes() {
        var answered = hard(60_000, key -> {
                    throw new IllegalStateException("no default");
                })
                .await("k", loaded, null, Tier.REMOTE);
        loaded.completeExceptionally(new SourceException("k", new IllegalStateException("no database")));

        assertThatThrownBy(answered::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("no default");
    }
}
