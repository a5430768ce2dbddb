package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

/** Gives users futures whose completion never runs on an I/O thread. */
final class HandOver {
    private final Executor executor;

    HandOver(Executor executor) {
        this.executor = executor;
    }

    /** Runs {@code task} on {@code executor}, or elsewhere if that refuses: others may wait for what it does. */
    static void run(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RuntimeException | Error busyOrClosed) {
            ForkJoinPool.commonPool().execute(task);
        }
    }

    /** What {@code call} begins; that the service is closed is an error of the future, wrong arguments are thrown. */
    <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call) {
        try {
            return of(call.get());
        } catch (CacheException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** As {@link #call}; cancelling what it gives cancels what {@code call} began. */
    <T> CompletableFuture<T> callCancellable(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> begun;
        try {
            begun = call.get();
        } catch (CacheException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<T> given = of(begun);
        Futures.onEnd(given, (result, failure) -> {
            if (given.isCancelled()) {
                begun.cancel(false);
            }
        });
        return given;
    }

    /** A private future with the same end; complete at once if {@code future} is. */
    private <T> CompletableFuture<T> of(CompletableFuture<T> future) {
        CompletableFuture<T> given = new CompletableFuture<>();
        if (future.isDone()) {
            Futures.onEnd(future, Futures.copyTo(given));
            return given;
        }
        Futures.onEnd(future, (result, failure) -> {
            Runnable completion = () -> Futures.<T>copyTo(given).accept(result, failure);
            run(executor, completion);
        });
        return given;
    }
}
