package io.cacheservice.testkit.chaos;

import io.cacheservice.testkit.chaos.Chaos.Draw;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Carries out what a {@link Chaos} decides for the calls of a source. */
final class SourceAnswers {
    private final Chaos chaos;
    private final Set<CompletableFuture<Void>> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    SourceAnswers(Chaos chaos) {
        this.chaos = chaos;
    }

    /** A call on the caller's thread, which waits where the answer is late. */
    <T> T blocking(Callable<T> call) throws Exception {
        Draw draw = chaos.next();
        requireNoFailure(draw);
        T answer = call.call();
        switch (draw.trouble()) {
            case DELAYED -> untilClosedOr(draw.delay()).get();
            case VANISHED -> {
                untilClosed().get();
                throw neverAnswered();
            }
            default -> {}
        }
        return answer;
    }

    /** A call that is answered by a future. */
    <T> CompletionStage<T> begun(Callable<CompletionStage<T>> call) throws Exception {
        Draw draw = chaos.next();
        requireNoFailure(draw);
        CompletionStage<T> answer = call.call();
        return switch (draw.trouble()) {
            case DELAYED -> after(draw.delay(), answer);
            case VANISHED ->
                untilClosed().thenApply(now -> {
                    throw neverAnswered();
                });
            default -> answer;
        };
    }

    /** Nobody waits any more. */
    void close() {
        closed = true;
        waits.forEach(each -> each.complete(null));
    }

    private void requireNoFailure(Draw draw) {
        switch (draw.trouble()) {
            case FAILED -> throw new ChaosException("chaos: the source fails");
            case CORRUPTED -> {
                chaos.corrupted(true);
                throw new ChaosException("chaos: what the source answered cannot be read");
            }
            default -> {}
        }
    }

    private <T> CompletionStage<T> after(Duration delay, CompletionStage<T> answer) {
        return untilClosedOr(delay).thenCompose(now -> answer);
    }

    private CompletableFuture<Void> untilClosedOr(Duration delay) {
        return untilClosed().completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @SuppressWarnings("CollectionUndefinedEquality") // it is that very future
    private CompletableFuture<Void> untilClosed() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        waits.add(end);
        var unused = end.whenComplete((now, failure) -> waits.remove(end));
        if (closed) {
            end.complete(null);
        }
        return end;
    }

    private static ChaosException neverAnswered() {
        return new ChaosException("chaos: the source never answered, and now the chaos is closed");
    }
}
