package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StampedeSuiteTest {
    @Test
    void everySubjectGivesEachOf64CallersTheValueOfItsKey() throws InterruptedException {
        try (Suite suite = new StampedeSuite(new Selection(true, Pattern.compile("64-cold-keys")))) {
            assertThat(suite.ownProcesses()).hasSize(2);
            assertThat(suite.cases()).hasSize(1);
            BenchmarkCase only = suite.cases().get(0);
            assertThat(only.subjects()).hasSize(StampedeSubjects.names().size() - 1);
            for (Map.Entry<String, Slice> subject : only.subjects().entrySet()) {
                assertThat(subject.getValue().run(Duration.ZERO))
                        .as(subject.getKey())
                        .containsEntry(Metric.LOADS, 64.0);
            }
        }
    }

    @Test
    void theServiceLoadsAColdKeyOnceInFourJvms() throws InterruptedException {
        try (Suite suite = new StampedeSuite(new Selection(true, Pattern.compile("cold-4-jvms/cache-service")))) {
            assertThat(suite.ownProcesses()).hasSize(5);
            Map<String, Slice> subjects = suite.cases().get(0).subjects();

            assertThat(Objects.requireNonNull(subjects.get(StampedeSubjects.FLOOR), "the floor")
                            .run(Duration.ZERO))
                    .containsEntry(Metric.LOADS, 256.0);
            assertThat(Objects.requireNonNull(subjects.get("cache-service"), "ours")
                            .run(Duration.ZERO))
                    .containsEntry(Metric.LOADS, 1.0);
        }
    }

    @Test
    void noJvmIsStartedWhereNothingIsSelected() {
        try (Suite suite = new StampedeSuite(new Selection(true, Pattern.compile("no such subject")))) {
            assertThat(suite.cases()).isEmpty();
            assertThat(suite.ownProcesses()).hasSize(1);
        }
    }
}
