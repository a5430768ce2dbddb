package io.cacheservice;

/** Carries nothing. */
enum NoContext implements ContextCarrier {
    INSTANCE;

    @Override
    public Runnable capture(Runnable task) {
        return task;
    }
}
