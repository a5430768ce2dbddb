package io.cacheservice.redis.histories;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What one thread does, again and again. */
interface Steps {
    /** Does the next thing. */
    void step();

    /** What is to be done when nothing goes wrong any more. */
    default void last() {}

    /** Takes a step every {@code paceNanos} as long as that is wanted, and the last one then. */
    static void runWhile(BooleanSupplier goingOn, long paceNanos, Steps steps) {
        long next = System.nanoTime();
        while (goingOn.getAsBoolean()) {
            steps.step();
            next += paceNanos;
            long ahead = next - System.nanoTime();
            if (ahead > 0) {
                LockSupport.parkNanos(ahead);
            } else {
                next -= ahead; // what was missed is not made up for
            }
        }
        steps.last();
    }
}
