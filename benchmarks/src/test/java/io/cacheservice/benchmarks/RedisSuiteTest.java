package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RedisSuiteTest {
    private static final Selection EIGHT_CALLERS_OF_RIVALS =
            new Selection(true, Pattern.compile("-8-.*/(lettuce|jedis|redisson|.*-lookup)"));

    @Test
    void everyRivalWritesAndReadsBack() throws InterruptedException {
        try (Suite suite = new RedisSuite(EIGHT_CALLERS_OF_RIVALS)) {
            assertThat(suite.cases()).isNotEmpty();
            for (BenchmarkCase each : suite.cases()) {
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
