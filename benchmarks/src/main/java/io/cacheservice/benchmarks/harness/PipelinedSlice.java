package io.cacheservice.benchmarks.harness;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * A slice whose calls are several operations each, seen by the operation: more of them in a second, each for its share of the CPU
 * time and of the memory. Latencies stay those of the call, for that is how long each of its operations took.
 */
public final class PipelinedSlice implements Slice {
    private final Slice calls;
    private final int operationsPerCall;

    /** Calls of {@code operationsPerCall} operations. */
    public PipelinedSlice(Slice calls, int operationsPerCall) {
        this.calls = calls;
        this.operationsPerCall = operationsPerCall;
    }

    @Override
    public Map<Metric, Double> run(Duration length) throws InterruptedException {
        Map<Metric, Double> seen = new EnumMap<>(calls.run(length));
        seen.computeIfPresent(Metric.OPERATIONS_PER_SECOND, (metric, rate) -> rate * operationsPerCall);
        seen.computeIfPresent(Metric.ALLOCATED_BYTES_PER_OPERATION, (metric, bytes) -> bytes / operationsPerCall);
        seen.computeIfPresent(Metric.CLIENT_CPU_MICROS_PER_OPERATION, (metric, micros) -> micros / operationsPerCall);
        seen.computeIfPresent(Metric.SERVER_CPU_MICROS_PER_OPERATION, (metric, micros) -> micros / operationsPerCall);
        return seen;
    }
}
