package io.cacheservice.benchmarks.stampede;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** All callers read one key again and again while its life ends several times. */
public final class Expiries implements Slice {
    /** Of the key's value, from each load. */
    public static final Duration LIFE = Duration.ofSeconds(1);

    private final List<CallerProcess> processes;
    private final int subject;
    private final int callers;
    private final AtomicLong keys;

    /** As {@link ColdKeys}. */
    public Expiries(List<CallerProcess> processes, int subject, int callers, AtomicLong keys) {
        this.processes = List.copyOf(processes);
        this.subject = subject;
        this.callers = callers;
        this.keys = keys;
    }

    @Override
    public Map<Metric, Double> run(Duration length) {
        Task task = new Task(subject, callers, "hot-" + keys.incrementAndGet(), false, true);
        CallerProcess.Run run = CallerProcess.run(processes, task, length);
        return Ends.of(run.outcome(), LIFE, run.endNanoTime()).metrics();
    }
}
