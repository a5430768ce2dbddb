package io.cacheservice.internal.engine;

import io.cacheservice.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when a time has passed by the machine's clock. On threads of its own: the executor of loads may be full of those
 * whose time is up, and the common pool of whatever the program runs there. They end when nothing was due for a while.
 */
final class Timer {
    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 5;
    private static final ScheduledThreadPoolExecutor CLOCK = newClock();

    private Timer() {}

    private static ScheduledThreadPoolExecutor newClock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "cache-service-timer");
            thread.setDaemon(true);
            return thread;
        });
        clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /** Runs {@code task}, which must not throw, after {@code millis}; completing the future first, or cancelling it, calls it off. */
    static CompletableFuture<@Nullable Void> after(long millis, Runnable task) {
        CompletableFuture<@Nullable Void> calledOff = new CompletableFuture<>();
        Future<?> due = CLOCK.schedule(task, millis, TimeUnit.MILLISECONDS);
        Futures.onEnd(calledOff, (nothing, cancelled) -> due.cancel(false));
        return calledOff;
    }

    /** Runs {@code task}, which must not throw, after {@code millis}; nothing calls it off. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody calls it off
    static void later(long millis, Runnable task) {
        CLOCK.schedule(task, millis, TimeUnit.MILLISECONDS);
    }
}
