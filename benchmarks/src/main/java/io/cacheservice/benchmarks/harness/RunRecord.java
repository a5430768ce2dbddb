package io.cacheservice.benchmarks.harness;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A result file as it is read.
 *
 * @param facts what it ran on and how, and the suite's details
 * @param measurements in the order of the file
 */
public record RunRecord(JsonNode facts, List<Measurement> measurements) {}
