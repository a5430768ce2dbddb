package io.cacheservice.redis.histories;

/**
 * Something that goes wrong for a while.
 *
 * @param name under which it can be chosen
 * @param action makes it happen and returns when it is over
 */
record Fault(String name, Action action) {
    /** Makes a fault happen. */
    @FunctionalInterface
    interface Action {
        void strike(Strike strike) throws InterruptedException;
    }
}
