package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BatchSuiteTest {
    @Test
    void readsAndWritesOfOneAndEightCallersStandBesideTheLimit() throws InterruptedException {
        try (Suite suite = new BatchSuite(new Selection(true, Pattern.compile("/limit$")))) {
            assertThat(suite.cases())
                    .extracting(BenchmarkCase::name)
                    .containsExactly("getall100-1KB-1", "getall100-1KB-8", "setall100-1KB-1", "setall100-1KB-8");
            for (BenchmarkCase each : suite.cases()) {
                assertThat(each.subjects()).containsOnlyKeys("limit", "lettuce");
                for (Map.Entry<String, Slice> subject : each.subjects().entrySet()) {
                    assertThat(subject.getValue().run(Duration.ofMillis(400)))
                            .as("%s in %s", subject.getKey(), each.name())
                            .hasEntrySatisfying(
                                    Metric.OPERATIONS_PER_SECOND,
                                    rate -> assertThat(rate).isPositive());
                }
            }
        }
    }
}
