package io.cacheservice.internal.engine;

import io.cacheservice.TimeSource;
import java.time.Duration;

/** A clock that a test moves. */
final class MovedTime implements TimeSource {
    private volatile long nanos;

    /** From one thread. */
    void pass(Duration passed) {
        nanos = nanos + passed.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return nanos / 1_000_000;
    }
}
