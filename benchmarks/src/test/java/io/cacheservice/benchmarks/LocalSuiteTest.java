package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LocalSuiteTest {
    private static final Selection ALL_ON_HOT_KEYS = new Selection(true, Pattern.compile("hot"));

    @Test
    void everySubjectAnswersEveryLookup() throws InterruptedException {
        try (Suite suite = new LocalSuite(ALL_ON_HOT_KEYS)) {
            assertThat(suite.cases()).hasSize(2);
            for (BenchmarkCase each : suite.cases()) {
                assertThat(each.subjects().keySet()).isEqualTo(LocalSubjects.names());
                for (Map.Entry<String, Slice> subject : each.subjects().entrySet()) {
                    assertThat(subject.getValue().run(Duration.ofMillis(5)))
                            .as("%s in %s", subject.getKey(), each.name())
                            .hasEntrySatisfying(
                                    Metric.NANOS_PER_OPERATION,
                                    nanos -> assertThat(nanos).isPositive());
                }
            }
        }
    }
}
