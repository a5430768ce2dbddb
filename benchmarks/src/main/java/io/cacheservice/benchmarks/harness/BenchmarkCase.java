package io.cacheservice.benchmarks.harness;

import java.util.List;
import java.util.Map;

/**
 * Subjects that do the same work and are compared with each other.
 *
 * @param name what is done, for people and for filters
 * @param baselines subjects that the others are divided by
 * @param subjects by name, in the order of the table
 */
public record BenchmarkCase(String name, List<String> baselines, Map<String, Slice> subjects) {}
