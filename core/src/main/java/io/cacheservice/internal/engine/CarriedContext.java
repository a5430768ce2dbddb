package io.cacheservice.internal.engine;

import io.cacheservice.ContextCarrier;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks with the context of the thread that made it, which is the caller's: a task itself may be handed over much
 * later, by the I/O thread that found nothing in Redis.
 */
final class CarriedContext implements Executor {
    /** The task that the wrapped runnable is to run; taken by it. */
    private static final ThreadLocal<@Nullable Runnable> NEXT = new ThreadLocal<>();

    private final Runnable inContext;
    private final Executor executor;

    private CarriedContext(ContextCarrier carrier, Executor executor) {
        this.inContext = carrier.capture(CarriedContext::runNext);
        this.executor = executor;
    }

    /** {@code executor}, with the context of this thread if {@code carrier} carries any. */
    static Executor of(ContextCarrier carrier, Executor executor) {
        return carrier == ContextCarrier.none() ? executor : new CarriedContext(carrier, executor);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> {
            NEXT.set(task);
            try {
                inContext.run();
            } finally {
                runNext(); // a carrier that failed or forgot to: the task runs all the same, others wait for it
            }
        });
    }

    private static void runNext() {
        Runnable task = NEXT.get();
        NEXT.remove();
        if (task != null) {
            task.run();
        }
    }
}
