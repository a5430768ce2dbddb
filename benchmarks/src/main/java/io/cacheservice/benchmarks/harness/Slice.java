package io.cacheservice.benchmarks.harness;

import java.time.Duration;
import java.util.Map;

/** A subject at work in one case: measured for a short while, again and again. */
@FunctionalInterface
public interface Slice {
    /** Works for about {@code length} and says what was seen. */
    Map<Metric, Double> run(Duration length) throws InterruptedException;
}
