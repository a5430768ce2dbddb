package io.cacheservice.benchmarks.stampede;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** All callers at once ask for what nobody has asked for before: once in each slice, however long that takes. */
public final class ColdKeys implements Slice {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<CallerProcess> processes;
    private final int subject;
    private final int callers;
    private final boolean keyEach;
    private final AtomicLong keys;

    /**
     * Callers in {@code processes}.
     *
     * @param subject the number of the subject
     * @param callers in each process
     * @param keyEach whether each asks for another key; otherwise all ask for the same
     * @param keys the number of the last key that was used, shared by all who use keys
     */
    public ColdKeys(List<CallerProcess> processes, int subject, int callers, boolean keyEach, AtomicLong keys) {
        this.processes = List.copyOf(processes);
        this.subject = subject;
        this.callers = callers;
        this.keyEach = keyEach;
        this.keys = keys;
    }

    @Override
    public Map<Metric, Double> run(Duration length) {
        Task task = new Task(subject, callers, "cold-" + keys.incrementAndGet(), keyEach, false);
        CallerProcess.Run run = CallerProcess.run(processes, task, Duration.ZERO);
        long[] waits = run.outcome().calls().stream()
                .mapToLong(call -> call.endNanoTime() - run.beginNanoTime())
                .sorted()
                .toArray();
        long last = waits[waits.length - 1];
        Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
        metrics.put(Metric.LOADS, (double) run.outcome().loads().size());
        metrics.put(Metric.LAST_CALLER_MILLIS, last / NANOS_PER_MILLI);
        metrics.put(Metric.LAST_CALLER_LOAD_TIMES, (double) last / Source.LOAD_TIME.toNanos());
        metrics.put(Metric.P50_CALLER_MILLIS, waits[(waits.length - 1) / 2] / NANOS_PER_MILLI);
        return metrics;
    }
}
