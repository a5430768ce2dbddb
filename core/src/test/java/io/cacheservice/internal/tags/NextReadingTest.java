package io.cacheservice.internal.tags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NextReadingTest {
    private final NextReading<String> readings = new NextReading<>();
    private final Deque<CompletableFuture<String>> begun = new ArrayDeque<>();

    private CompletableFuture<String> ask() {
        return readings.ask(() -> {
            CompletableFuture<String> reading = new CompletableFuture<>();
            begun.add(reading);
            return reading;
        });
    }

    @Test
    void whoAsksWhileOneRunsIsNotServedByItButByASingleOneThatFollows() {
        CompletableFuture<String> first = ask();
        CompletableFuture<String> second = ask();
        CompletableFuture<String> third = ask();
        assertThat(begun).hasSize(1);

        begun.remove().complete("old");
        assertThat(first).isCompletedWithValue("old");
        assertThat(second).isNotDone();
        assertThat(begun).hasSize(1);

        begun.remove().complete("new");
        assertThat(second).isCompletedWithValue("new");
        assertThat(third).isCompletedWithValue("new");
        assertThat(begun).isEmpty();
    }

    @Test
    void whoAsksWhenAllIsReadBeginsAnother() {
        CompletableFuture<String> first = ask();
        begun.remove().complete("old");
        assertThat(first).isCompletedWithValue("old");

        assertThat(ask()).isNotDone();
        assertThat(begun).hasSize(1);
    }

    @Test
    void aReadingThatFailsIsFollowedLikeAnyOther() {
        CompletableFuture<String> first = ask();
        CompletableFuture<String> second = ask();

        begun.remove().completeExceptionally(new IllegalStateException("no server"));
        begun.remove().complete("new");

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedWithValue("new");
    }

    @Test
    void aReadingThatCannotBeginLeavesNobodyWaiting() {
        assertThat(readings.ask(() -> {
                    throw new IllegalStateException("closed");
                }))
                .isCompletedExceptionally();
        assertThat(ask()).isNotDone();
        assertThat(begun).hasSize(1);
    }
}
