package io.cacheservice.internal.local;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Where Caffeine does its maintenance: replaying reads into its policy, evicting, telling of what left.
 *
 * <p>A writer does it itself, so that a write has evicted what it must when it returns. A reader hands it to the common
 * pool, as Caffeine does by default: done by the reader it made hits 1.5 times as long on two threads ({@code
 * benchmarks/run local}). What maintenance itself starts runs within it, under the same lock, so that whoever has waited
 * for the maintenance sees all it counted.
 */
final class Maintenance implements Executor {
    private static final ThreadLocal<Boolean> HERE = new ThreadLocal<>();

    @Override
    public void execute(Runnable task) {
        if (HERE.get() != null) {
            task.run();
        } else {
            ForkJoinPool.commonPool().execute(() -> here(task));
        }
    }

    /** Runs {@code work}, with all maintenance it causes on this thread. */
    static void here(Runnable work) {
        if (HERE.get() != null) {
            work.run();
            return;
        }
        HERE.set(true);
        try {
            work.run();
        } finally {
            HERE.remove();
        }
    }
}
