package io.cacheservice.internal.engine;

import io.cacheservice.ContextCarrier;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Runs tasks with the context of the thread that made it, which is the caller's: a task itself may be handed over much
 * later, by the I/O thread that found nothing in Redis.
 */
final class CarriedContext implements Executor {
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Runnable inContext;
    private final Executor executor;

    private CarriedContext(ContextCarrier carrier, Executor executor) {
        this.inContext = carrier.capture(this::runOne);
        this.executor = executor;
    }

    /** {@code executor}, with the context of this thread if {@code carrier} carries any. */
    static Executor of(ContextCarrier carrier, Executor executor) {
        return carrier == ContextCarrier.none() ? executor : new CarriedContext(carrier, executor);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        executor.execute(inContext);
    }

    /** Every task is the same to the context, so each run takes the one that has waited longest. */
    private void runOne() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }
}
