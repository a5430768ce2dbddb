package io.cacheservice.testkit.contract;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Dice that fall as a test wants; whole numbers, of which ids and epochs are made, stay random. Safe for many threads. */
final class Dice implements RandomGenerator {
    private volatile double next;

    /** Every throw is {@code number} from now on; in [0, 1). */
    void fallOn(double number) {
        next = number;
    }

    @Override
    public double nextDouble() {
        return next;
    }

    @Override
    public long nextLong() {
        return ThreadLocalRandom.current().nextLong();
    }
}
