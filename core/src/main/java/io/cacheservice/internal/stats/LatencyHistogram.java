package io.cacheservice.internal.stats;

import io.cacheservice.LatencySummary;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long one kind of operation took, since the start.
 *
 * <p>Values keep two significant digits (an error of at most 1 %) up to one hour, or far beyond any life of an entry where they
 * are kept in milliseconds; longer ones count as that. Memory is an array of about 37 KB that exists from the first value on and never grows, whatever is recorded. Recording takes no
 * lock. Safe for use by many threads.
 */
public final class LatencyHistogram {
    static final long MAX_NANOS = TimeUnit.HOURS.toNanos(1);
    /** The same number in every unit, so that every histogram has the same size. */
    private static final long MAX_UNITS = MAX_NANOS;

    private static final int SIGNIFICANT_DIGITS = 2;

    private final AtomicReference<@Nullable AtomicHistogram> recorded = new AtomicReference<>();

    private final TimeUnit unit;

    /** An empty one of operations that take nanoseconds to minutes. */
    public LatencyHistogram() {
        this(TimeUnit.NANOSECONDS);
    }

    /** An empty one that keeps nothing shorter than a {@code unit}. */
    LatencyHistogram(TimeUnit unit) {
        this.unit = unit;
    }

    /** One took {@code nanos}. */
    public void record(long nanos) {
        histogram().recordValue(Math.max(0, Math.min(unit.convert(nanos, TimeUnit.NANOSECONDS), MAX_UNITS)));
    }

    /** What was recorded until now. */
    public LatencySummary summary() {
        return summary(copy(), unit);
    }

    /** What was recorded until now, for one thread. */
    Histogram copy() {
        Histogram copy = new Histogram(MAX_UNITS, SIGNIFICANT_DIGITS);
        AtomicHistogram present = recorded.get();
        if (present != null) {
            copy.add(present);
        }
        return copy;
    }

    /** @param unit of what was recorded */
    static LatencySummary summary(AbstractHistogram histogram, TimeUnit unit) {
        if (histogram.getTotalCount() == 0) {
            return LatencySummary.EMPTY;
        }
        // The maximum too is read from the counts: the field for it can lag behind them while others record.
        return new LatencySummary(
                histogram.getTotalCount(),
                atPercentile(histogram, 50, unit),
                atPercentile(histogram, 99, unit),
                atPercentile(histogram, 99.9, unit),
                atPercentile(histogram, 100, unit));
    }

    int footprintBytes() {
        AtomicHistogram present = recorded.get();
        return present == null ? 0 : present.getEstimatedFootprintInBytes();
    }

    private static Duration atPercentile(AbstractHistogram histogram, double percentile, TimeUnit unit) {
        return Duration.of(histogram.getValueAtPercentile(percentile), unit.toChronoUnit());
    }

    private AtomicHistogram histogram() {
        AtomicHistogram present = recorded.get();
        if (present != null) {
            return present;
        }
        AtomicHistogram created = new AtomicHistogram(MAX_UNITS, SIGNIFICANT_DIGITS);
        AtomicHistogram winner = recorded.compareAndExchange(null, created);
        return winner == null ? created : winner;
    }
}
