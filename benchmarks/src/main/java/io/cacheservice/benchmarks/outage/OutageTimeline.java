package io.cacheservice.benchmarks.outage;

import java.time.Duration;
import java.util.Arrays;

/**
 * The 99th percentile of reads in each tenth of a second of an outage: of those that ended in it, and of those that waited
 * through all of it, with the time they had waited so far.
 */
final class OutageTimeline {
    static final Duration STEP = Duration.ofMillis(100);

    private static final long STEP_NANOS = STEP.toNanos();

    private OutageTimeline() {}

    /** Milliseconds for each step, {@code stepsBefore} of them before the fault; NaN where no read ended and none waited. */
    static double[] p99Millis(OutageLog log, int stepsBefore, int steps) {
        long zero = log.marks().fault() - stepsBefore * STEP_NANOS;
        Waits[] waits = new Waits[steps];
        Arrays.setAll(waits, i -> new Waits());
        log.forEachRead((begin, end, outcome) -> {
            long last = Math.floorDiv(end - zero, STEP_NANOS);
            if (last >= 0 && last < steps) {
                waits[(int) last].add(end - begin);
            }
            long first = Math.floorDiv(begin - zero, STEP_NANOS) + 1;
            for (int step = (int) Math.max(0, first); step < Math.min(last, steps); step++) {
                waits[step].add(zero + (step + 1) * STEP_NANOS - begin);
            }
        });
        return Arrays.stream(waits)
                .mapToDouble(each -> each.isEmpty() ? Double.NaN : each.millis(0.99))
                .toArray();
    }
}
