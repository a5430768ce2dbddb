package io.cacheservice.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when a time has passed by the machine's clock. Not on the executor of loads: that may be full of those whose
 * time is up.
 */
final class Timer {
    private Timer() {}

    /**
     * Runs {@code task}, which must not throw, after {@code millis}; completing or cancelling the future first calls it off.
     */
    static CompletableFuture<@Nullable Void> after(long millis, Runnable task) {
        CompletableFuture<@Nullable Void> calledOff = new CompletableFuture<>();
        Futures.onEnd(calledOff.orTimeout(millis, TimeUnit.MILLISECONDS), (nothing, timeUp) -> {
            if (timeUp instanceof TimeoutException) { // not by a cancellation
                ForkJoinPool.commonPool().execute(task);
            }
        });
        return calledOff;
    }
}
