package io.cacheservice;

/**
 * Carries the caller's context (MDC, security, tracing) to the thread that runs its loader.
 *
 * <p>Must be safe for use by many threads.
 */
@FunctionalInterface
public interface ContextCarrier {
    /** Called on the caller's thread: returns {@code task} wrapped so that it runs with the context of this thread. */
    Runnable capture(Runnable task);

    /** Carries nothing. */
    static ContextCarrier none() {
        return task -> task;
    }
}
