package io.cacheservice.benchmarks.stampede;

import io.cacheservice.benchmarks.harness.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The ends of a key's life that callers went through, told by the loads: those that begin close to each other belong to one end.
 *
 * <p>The loads that made the first value belong to none, and neither do those that began shortly before the callers stopped.
 */
final class Ends {
    /** This part of a life is close, and no early refresh is so early. */
    private static final int CLOSE_PART = 4;

    private final List<End> ends;

    private Ends(List<End> ends) {
        this.ends = ends;
    }

    private record End(int loads, long longestReadNanos, long waitingReads) {}

    static Ends of(Outcome outcome, Duration life, long stoppedNanoTime) {
        long close = life.toNanos() / CLOSE_PART;
        List<List<Span>> groups = groups(outcome.loads(), close);
        List<End> ends = new ArrayList<>();
        for (List<Span> loads : groups.subList(Math.min(1, groups.size()), groups.size())) {
            long begin = loads.get(0).beginNanoTime();
            if (stoppedNanoTime - begin > close) {
                long end = loads.stream().mapToLong(Span::endNanoTime).max().orElse(begin);
                ends.add(end(loads.size(), new Span(begin - close, end + close), outcome.calls()));
            }
        }
        return new Ends(ends);
    }

    private static List<List<Span>> groups(List<Span> loads, long close) {
        List<List<Span>> groups = new ArrayList<>();
        long last = 0;
        for (Span load : loads.stream()
                .sorted(Comparator.comparingLong(Span::beginNanoTime))
                .toList()) {
            if (groups.isEmpty() || load.beginNanoTime() - last > close) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(load);
            last = load.beginNanoTime();
        }
        return groups;
    }

    private static End end(int loads, Span around, List<Span> calls) {
        List<Span> reads = calls.stream()
                .filter(call ->
                        call.beginNanoTime() > around.beginNanoTime() && call.beginNanoTime() < around.endNanoTime())
                .toList();
        return new End(
                loads,
                reads.stream().mapToLong(Span::nanos).max().orElse(0),
                reads.stream()
                        .filter(read -> read.nanos() > Source.LOAD_TIME.toNanos() / 2)
                        .count());
    }

    /**
     * The means over the ends.
     *
     * @throws IllegalStateException when there was none
     */
    Map<Metric, Double> metrics() {
        if (ends.isEmpty()) {
            throw new IllegalStateException(
                    "no life ended within the slice: it was too short, or nothing was loaded again");
        }
        Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
        metrics.put(
                Metric.LOADS_PER_END,
                ends.stream().mapToInt(End::loads).average().orElseThrow());
        metrics.put(
                Metric.LONGEST_READ_MILLIS,
                ends.stream().mapToLong(End::longestReadNanos).average().orElseThrow() / 1e6);
        metrics.put(
                Metric.WAITING_READS_PER_END,
                ends.stream().mapToLong(End::waitingReads).average().orElseThrow());
        metrics.put(Metric.ENDS, (double) ends.size());
        return metrics;
    }
}
