package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A long job of many steps, each of which begins the next one. It ends with its report, with what a step throws, when its
 * future is cancelled or when the service closes; no step begins after that. As steps follow one another, what they touch is
 * touched by one thread at a time.
 */
final class BackgroundJob<R> {
    private final String name;
    private final Executor executor;
    private final CompletableFuture<R> report = new CompletableFuture<>();

    /** @param name for errors, as "the pre-warm" */
    BackgroundJob(String name, Executor executor) {
        this.name = name;
        this.executor = executor;
    }

    /** Done when the job is. Cancelling it ends the job before its next step. */
    CompletableFuture<R> report() {
        return report;
    }

    boolean hasEnded() {
        return report.isDone();
    }

    void end(R result) {
        report.complete(result);
    }

    void fail(Throwable failure) {
        report.completeExceptionally(failure);
    }

    /** Runs {@code step} here and now. */
    void go(Runnable step) {
        if (hasEnded()) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Runs {@code step} on the executor. */
    void goOn(Runnable step) {
        if (hasEnded()) {
            return;
        }
        try {
            executor.execute(() -> go(step));
        } catch (RuntimeException | Error closedOrBusy) {
            fail(new CacheException("the executor takes no more tasks, so " + name + " ended early", closedOrBusy));
        }
    }

    /** Runs {@code step} on the executor when {@code millis} have passed by the machine's clock. */
    void goOnAfter(long millis, Runnable step) {
        Timer.later(millis, () -> goOn(step));
    }

    /** Runs {@code step} on the executor with the result of {@code future}, whose failure is that of the job. */
    <T> void goOnWith(CompletableFuture<T> future, Consumer<? super T> step) {
        Futures.onEnd(future, (result, failure) -> {
            if (failure != null) {
                fail(Futures.unwrap(failure));
            } else {
                goOn(() -> step.accept(result));
            }
        });
    }
}
