package io.cacheservice;

/**
 * Carries the caller's context (MDC, security, tracing) to the thread that runs its loader.
 *
 * <p>Must be safe for use by many threads.
 */
@FunctionalInterface
public interface ContextCarrier {
    /**
     * Called on the caller's thread, at most once a call and only if a loader may be needed: returns {@code task} wrapped so
     * that it runs with the context of this thread. For a batch, what is returned may be run several times, by several
     * threads at once.
     */
    Runnable capture(Runnable task);

    /** Carries nothing. */
    static ContextCarrier none() {
        return NoContext.INSTANCE;
    }
}
