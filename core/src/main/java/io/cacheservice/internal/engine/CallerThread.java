package io.cacheservice.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Runs tasks on the thread that waits for their result. For one call. */
final class CallerThread implements Executor {
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs what is given to {@link #execute} until {@code future} is done; then as {@link Futures#await}. */
    <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        Futures.onEnd(future, (result, failure) -> tasks.add(CallerThread::wakeUp));
        try {
            while (!future.isDone()) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Futures.await(future);
    }

    /** A task that only ends the wait for one. */
    private static void wakeUp() {}
}
