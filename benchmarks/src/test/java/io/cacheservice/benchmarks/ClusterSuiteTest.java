package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ClusterSuiteTest {
    @Test
    void threeMastersStandBesideOneForEachClient() throws InterruptedException {
        try (Suite suite = new ClusterSuite(new Selection(true, Pattern.compile("by-masters")))) {
            BenchmarkCase byMasters = suite.cases().get(0);
            assertThat(suite.cases()).hasSize(1);
            assertThat(byMasters.subjects())
                    .containsOnlyKeys(
                            "lettuce-mget-1-master",
                            "lettuce-mget-3-masters",
                            "cache-service-1-master",
                            "cache-service-3-masters");
            assertThat(suite.ownProcesses()).hasSize(4);
            for (Map.Entry<String, Slice> subject : byMasters.subjects().entrySet()) {
                assertThat(subject.getValue().run(Duration.ofMillis(400)))
                        .as(subject.getKey())
                        .hasEntrySatisfying(
                                Metric.SERVER_CPU_MICROS_PER_OPERATION,
                                micros -> assertThat(micros).isPositive());
            }
        }
    }
}
