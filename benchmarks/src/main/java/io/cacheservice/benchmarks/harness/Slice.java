package io.cacheservice.benchmarks.harness;

import java.time.Duration;
import java.util.Map;

/** A subject at work in one case: measured for a short while, again and again. */
@FunctionalInterface
public interface Slice {
    /** The name of the phase of a slice that has no phases. */
    String WHOLE = "";

    /** Works for about {@code length} and says what was seen. */
    Map<Metric, Double> run(Duration length) throws InterruptedException;

    /**
     * The same by phase, in their order, where a slice has several that are not to be mixed: each becomes a case of its own in
     * the result.
     */
    default Map<String, Map<Metric, Double>> runPhases(Duration length) throws InterruptedException {
        return Map.of(WHOLE, run(length));
    }
}
