package io.cacheservice.internal.engine;

import io.cacheservice.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
final class MovedTime implements TimeSource {
    private final AtomicLong nanos = new AtomicLong();

    void pass(Duration passed) {
        nanos.addAndGet(passed.toNanos());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public long epochMillis() {
        return nanos.get() / 1_000_000;
    }
}
