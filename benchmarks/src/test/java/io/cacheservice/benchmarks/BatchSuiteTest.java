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
    void everyClientWritesBatchesAndReadsThemBack() throws InterruptedException {
        try (Suite suite = new BatchSuite(new Selection(true, Pattern.compile("-8/")))) {
            assertThat(suite.cases())
                    .extracting(BenchmarkCase::name)
                    .containsExactly("getall100-1KB-8", "setall100-1KB-8");
            for (BenchmarkCase each : suite.cases()) {
                assertThat(each.subjects())
                        .containsKeys("limit", "lettuce", "jedis-pool-64", "redisson", "spring-data-redis")
                        .containsKeys("jetcache-remote", "cache-service");
                for (Map.Entry<String, Slice> subject : each.subjects().entrySet()) {
                    assertThat(subject.getValue().run(Duration.ofMillis(100)))
                            .as("%s in %s", subject.getKey(), each.name())
                            .hasEntrySatisfying(
                                    Metric.OPERATIONS_PER_SECOND,
                                    rate -> assertThat(rate).isPositive());
                }
            }
        }
    }
}
