package io.cacheservice.benchmarks.lag;

import io.cacheservice.benchmarks.harness.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * How late each write was seen. A lag may be negative: the other JVM can have read what was written before the writer got
 * its answer.
 */
final class Lags {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Write> writes = new ArrayList<>();

    private record Write(long calledNanoTime, long returnedNanoTime, long seenNanoTime) {
        long sinceCall() {
            return seenNanoTime - calledNanoTime;
        }

        long sinceReturn() {
            return seenNanoTime - returnedNanoTime;
        }
    }

    void add(long calledNanoTime, long returnedNanoTime, long seenNanoTime) {
        writes.add(new Write(calledNanoTime, returnedNanoTime, seenNanoTime));
    }

    Map<Metric, Double> metrics() {
        if (writes.isEmpty()) {
            throw new IllegalStateException("no write was seen within the slice");
        }
        long[] sinceReturn = sorted(Write::sinceReturn);
        long[] sinceCall = sorted(Write::sinceCall);
        Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
        metrics.put(Metric.P50_MICROS, micros(sinceReturn, 50));
        metrics.put(Metric.P99_MICROS, micros(sinceReturn, 99));
        metrics.put(Metric.MAX_MICROS, micros(sinceReturn, 100));
        metrics.put(Metric.LATER_THAN_A_SECOND, (double) writes.stream()
                .filter(write -> write.sinceReturn() > SECOND_NANOS)
                .count());
        metrics.put(Metric.P50_MICROS_FROM_CALL, micros(sinceCall, 50));
        metrics.put(Metric.P99_MICROS_FROM_CALL, micros(sinceCall, 99));
        metrics.put(Metric.WRITES, (double) writes.size());
        return metrics;
    }

    private long[] sorted(ToLongFunction<Write> lag) {
        return writes.stream().mapToLong(lag).sorted().toArray();
    }

    /** The least lag that {@code percent} of all do not exceed. */
    private static double micros(long[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1] / NANOS_PER_MICRO;
    }
}
