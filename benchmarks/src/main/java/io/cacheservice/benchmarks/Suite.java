package io.cacheservice.benchmarks;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Plan;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cases that belong together, opened and ready to be measured. Closing it closes all subjects. */
interface Suite extends AutoCloseable {
    /** What the table compares with the baselines. */
    List<Metric> compared();

    /** How long to measure. */
    Plan plan();

    List<BenchmarkCase> cases();

    /** By library, for the record. */
    Map<String, String> versions();

    /** What the result file holds besides, known after the run. */
    default Map<String, Object> details() {
        return Map.of();
    }

    /** Pictures of the result, SVG by name; known after the run. */
    default Map<String, String> pictures() {
        return Map.of();
    }

    /** Processes that are part of the measurement, besides this one. */
    Set<Long> ownProcesses();

    @Override
    void close();
}
