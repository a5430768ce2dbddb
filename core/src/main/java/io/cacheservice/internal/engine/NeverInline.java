package io.cacheservice.internal.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * An executor whose tasks never run inside {@code execute}, whatever the given one does.
 *
 * <p>With a Redis, tasks are handed over by its I/O thread. A saturated pool that lets the caller run its task would run a
 * loader there, while no reply is read and no time limit is looked at; a loader that reads the cache would wait for ever.
 */
final class NeverInline implements Executor {
    private final Executor given;

    NeverInline(Executor given) {
        this.given = given;
    }

    @Override
    public void execute(Runnable task) {
        Handing handing = new Handing(Thread.currentThread());
        try {
            given.execute(() -> {
                if (handing.isUnderWayHere()) {
                    ForkJoinPool.commonPool().execute(task);
                } else {
                    task.run();
                }
            });
        } finally {
            handing.over = true;
        }
    }

    /** One call of {@link #execute}. Other threads see a thread that is not theirs, so its state needs no fence. */
    private static final class Handing {
        private final Thread thread;
        private boolean over;

        Handing(Thread thread) {
            this.thread = thread;
        }

        /** Told from a thread of the pool that takes, later, what it had handed over itself. */
        boolean isUnderWayHere() {
            return Thread.currentThread() == thread && !over;
        }
    }
}
