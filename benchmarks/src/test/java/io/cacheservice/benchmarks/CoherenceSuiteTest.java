package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CoherenceSuiteTest {
    @Test
    void whatEverySubjectWritesTheOtherJvmSees() throws InterruptedException {
        try (Suite suite = new CoherenceSuite(new Selection(true, Pattern.compile("")))) {
            assertThat(suite.ownProcesses()).hasSize(2);
            assertThat(suite.cases()).hasSize(1);
            BenchmarkCase only = suite.cases().get(0);
            assertThat(only.subjects().keySet()).isEqualTo(CoherenceSubjects.names());
            for (Map.Entry<String, Slice> subject : only.subjects().entrySet()) {
                assertThat(subject.getValue().run(Duration.ofMillis(50)))
                        .as(subject.getKey())
                        .hasEntrySatisfying(
                                Metric.P50_MICROS, lag -> assertThat(lag).isPositive());
            }
        }
    }

    @Test
    void nothingIsReadWhereNothingIsSelected() {
        try (Suite suite = new CoherenceSuite(new Selection(true, Pattern.compile("no such subject")))) {
            assertThat(suite.cases()).isEmpty();
            assertThat(suite.ownProcesses()).hasSize(1);
        }
    }
}
