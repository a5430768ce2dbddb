package io.cacheservice.internal.engine;

import io.cacheservice.internal.futures.Futures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the thread that waits for their result. For one call.
 *
 * <p>A task never gets lost: what is handed over after the wait has ended, by an interrupt for example, goes to the fallback
 * executor, for others may wait for what it loads. A virtual thread that waits here leaves its carrier, on every Java that has
 * them.
 */
final class CallerThread implements Executor {
    private static final ThreadLocal<@Nullable CallerThread> INNERMOST = new ThreadLocal<>();

    private final Executor fallback;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private @Nullable CallerThread outer;
    private boolean left;

    CallerThread(Executor fallback) {
        this.fallback = fallback;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (!left) {
                tasks.add(task);
                changed.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        HandOver.run(fallback, task);
    }

    /** Runs what is given to {@link #execute} until {@code future} is done; then as {@link Futures#await}. */
    <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        outer = INNERMOST.get();
        INNERMOST.set(this);
        try {
            Futures.onEnd(future, (result, failure) -> wakeUp());
            // a loader that reads its cache may wait for a key that is still queued further out on this thread
            for (CallerThread at = outer; at != null; at = at.outer) {
                at.leave();
            }
            while (!future.isDone()) {
                Runnable task = next(future);
                if (task != null) {
                    run(task);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            INNERMOST.set(outer);
            leave();
        }
        return Futures.await(future);
    }

    /** What a task throws is not the call's: the future says how its load went. It ends as on any thread of a pool. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error ofTheCarrier) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, ofTheCarrier);
        }
    }

    private @Nullable Runnable next(CompletableFuture<?> future) throws InterruptedException {
        lock.lock();
        try {
            while (tasks.isEmpty() && !future.isDone()) {
                changed.await();
            }
            return tasks.poll();
        } finally {
            lock.unlock();
        }
    }

    private void wakeUp() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** From now on the fallback runs what this thread would have run. */
    private void leave() {
        List<Runnable> unrun;
        lock.lock();
        try {
            left = true;
            unrun = new ArrayList<>(tasks);
            tasks.clear();
        } finally {
            lock.unlock();
        }
        unrun.forEach(task -> HandOver.run(fallback, task));
    }
}
