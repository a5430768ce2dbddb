package io.cacheservice.server.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/**
 * What one process, or all together, have counted since they began.
 *
 * @param counts by what is counted; what is missing is zero
 * @param latencies how many reads took how long, on the scale of {@link LatencyBuckets}
 * @param waiting readers that have waited for an answer for over a millisecond, now
 * @param connected connections to Redis in service, now
 */
record Report(Map<Count, Long> counts, List<Long> latencies, int waiting, int connected) {
    /** Nothing. */
    static final Report NONE = new Report(Map.of(), List.copyOf(Collections.nCopies(LatencyBuckets.SIZE, 0L)), 0, 0);

    long count(Count what) {
        return counts.getOrDefault(what, 0L);
    }

    /** All reads, with an answer or without. */
    long reads() {
        return count(Count.LOCAL) + count(Count.REDIS) + count(Count.LOADED) + count(Count.STALE) + count(Count.FAILED);
    }

    /** Both together. */
    Report plus(Report other) {
        return combined(other, Long::sum, waiting + other.waiting, connected + other.connected);
    }

    /** What was counted since {@code earlier}; who waits and is connected is as now. */
    Report since(Report earlier) {
        return combined(earlier, (now, before) -> now - before, waiting, connected);
    }

    /** How many nanoseconds {@code share} of the reads took at most. */
    long latencyNanos(double share) {
        return LatencyBuckets.percentile(latencies, share);
    }

    private Report combined(Report other, LongBinaryOperator both, int nowWaiting, int nowConnected) {
        Map<Count, Long> all = new EnumMap<>(Count.class);
        for (Count each : Count.values()) {
            all.put(each, both.applyAsLong(count(each), other.count(each)));
        }
        List<Long> times = new ArrayList<>(LatencyBuckets.SIZE);
        for (int i = 0; i < LatencyBuckets.SIZE; i++) {
            times.add(both.applyAsLong(latencies.get(i), other.latencies.get(i)));
        }
        return new Report(all, times, nowWaiting, nowConnected);
    }
}
