package io.cacheservice.internal.tags;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Readings for those who want one that begins after they have asked: one runs, and a single one follows it for all who have
 * asked since it began. Safe for use by many threads.
 *
 * @param <T> what is read
 */
final class NextReading<T> {
    private boolean isRunning;
    private @Nullable CompletableFuture<T> following;

    /** What {@code reading}, or the same of another caller, gives that begins after this call. */
    CompletableFuture<T> ask(Supplier<CompletableFuture<T>> reading) {
        CompletableFuture<T> mine;
        synchronized (this) {
            if (isRunning) {
                if (following == null) {
                    following = new CompletableFuture<>();
                }
                return following;
            }
            isRunning = true;
            mine = new CompletableFuture<>();
        }
        begin(reading, mine);
        return mine;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // those who wait are told how it ended
    private void begin(Supplier<CompletableFuture<T>> reading, CompletableFuture<T> waiting) {
        CompletableFuture<T> running;
        try {
            running = reading.get();
        } catch (RuntimeException | Error refused) { // nobody may be left waiting
            running = CompletableFuture.failedFuture(refused);
        }
        running.whenComplete((read, failure) -> {
            goOn(reading);
            if (failure == null) {
                waiting.complete(read);
            } else {
                waiting.completeExceptionally(failure);
            }
        });
    }

    private void goOn(Supplier<CompletableFuture<T>> reading) {
        CompletableFuture<T> next;
        synchronized (this) {
            next = following;
            following = null;
            isRunning = next != null;
        }
        if (next != null) {
            begin(reading, next);
        }
    }
}
