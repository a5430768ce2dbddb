package io.cacheservice.testkit;

import io.cacheservice.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until the test moves it.
 *
 * <p>Both readings move together and never back. A new clock always shows the same instant, {@link #START_EPOCH_MILLIS},
 * and a negative {@link #nanoTime()}, as {@link System#nanoTime()} may: code that takes zero or a negative reading for
 * "never" fails its tests. Safe for use by many threads.
 */
public final class ManualTime implements TimeSource {
    /** The wall clock of a new instance: 2026-01-01T00:00:00Z. */
    public static final long START_EPOCH_MILLIS = 1_767_225_600_000L;

    private static final long START_NANOS = -7_000_000_000_000_000L;

    private final long startNanos;
    private final AtomicLong elapsedNanos = new AtomicLong();

    /** A clock at its fixed start. */
    public ManualTime() {
        this(START_NANOS);
    }

    /**
     * A clock whose {@link #nanoTime()} starts elsewhere, for instance just before it overflows.
     *
     * @param startNanos the first reading of {@link #nanoTime()}
     */
    public ManualTime(long startNanos) {
        this.startNanos = startNanos;
    }

    @Override
    public long nanoTime() {
        return startNanos + elapsedNanos.get();
    }

    @Override
    public long epochMillis() {
        return START_EPOCH_MILLIS + elapsedNanos.get() / 1_000_000;
    }

    /**
     * Moves the clock forward.
     *
     * @param step how far, zero or more
     * @throws IllegalArgumentException if {@code step} is negative: monotonic clocks do not go back
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException(
                    "A monotonic clock cannot go back: step is " + step + ", give zero or more");
        }
        elapsedNanos.addAndGet(step.toNanos());
    }
}
