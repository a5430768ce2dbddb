package io.cacheservice.server.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * What one process, or all together, have counted since they began.
 *
 * @param counts by what is counted; what is missing is zero
 * @param latencies how many reads took how long, on the scale of {@link LatencyBuckets}
 * @param now what is so at the end of the time they are about
 */
record Report(Map<Count, Long> counts, List<Long> latencies, Standing now) {
    /** Nothing. */
    static final Report NONE =
            new Report(Map.of(), List.copyOf(Collections.nCopies(LatencyBuckets.SIZE, 0L)), Standing.NONE);

    long count(Count what) {
        return counts.getOrDefault(what, 0L);
    }

    /** All reads, with an answer or without. */
    long reads() {
        return count(Count.LOCAL) + count(Count.REDIS) + count(Count.LOADED) + count(Count.STALE) + count(Count.FAILED);
    }

    /** Both together. */
    Report plus(Report other) {
        return combined(other, Long::sum, Standing::plus);
    }

    /** What was counted since {@code earlier}, as it stands now. */
    Report since(Report earlier) {
        return combined(earlier, (after, before) -> after - before, (after, before) -> after);
    }

    /** How many nanoseconds {@code share} of the reads took at most. */
    long latencyNanos(double share) {
        return LatencyBuckets.percentile(latencies, share);
    }

    private Report combined(Report other, LongBinaryOperator both, BinaryOperator<Standing> standing) {
        Map<Count, Long> all = new EnumMap<>(Count.class);
        for (Count each : Count.values()) {
            all.put(each, both.applyAsLong(count(each), other.count(each)));
        }
        List<Long> times = new ArrayList<>(LatencyBuckets.SIZE);
        for (int i = 0; i < LatencyBuckets.SIZE; i++) {
            times.add(both.applyAsLong(latencies.get(i), other.latencies.get(i)));
        }
        return new Report(all, times, standing.apply(now, other.now));
    }
}
