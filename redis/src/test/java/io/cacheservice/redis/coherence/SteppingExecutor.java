package io.cacheservice.redis.coherence;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Runs each task on a thread of its own, and keeps whoever hands one over standing until he is let go. */
final class SteppingExecutor implements Executor {
    private final Semaphore steps = new Semaphore(0);
    private volatile boolean stepping;

    /** From now on everybody stands still who hands a task over. */
    void begin() {
        stepping = true;
    }

    /** Lets one go. */
    void next() {
        steps.release();
    }

    /** Lets everybody go, now and later. */
    void end() {
        stepping = false;
        steps.release(1_000);
    }

    @Override
    public void execute(Runnable task) {
        boolean stays = stepping;
        Thread thread = new Thread(task, "step");
        thread.setDaemon(true);
        thread.start();
        if (stays) {
            steps.acquireUninterruptibly();
        }
    }
}
