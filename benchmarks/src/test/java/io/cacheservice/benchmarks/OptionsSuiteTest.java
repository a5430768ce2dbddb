package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OptionsSuiteTest {
    @Test
    void everyOptionWritesAndReadsBack() throws InterruptedException {
        try (Suite suite = new OptionsSuite(new Selection(true, Pattern.compile("-1KB-1/")))) {
            assertThat(suite.cases()).hasSize(2);
            for (BenchmarkCase each : suite.cases()) {
                assertThat(each.subjects()).containsOnlyKeys("default", "no-breaker", "encrypted");
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
