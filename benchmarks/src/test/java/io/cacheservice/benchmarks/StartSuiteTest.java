package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StartSuiteTest {
    @Test
    void everyProgramFindsWhatItHasStored() throws InterruptedException {
        // a baseline runs beside each
        try (Suite suite =
                new StartSuite(new Selection(true, Pattern.compile("(local|redis)/|archived/cache-service")))) {
            assertThat(suite.cases())
                    .extracting(BenchmarkCase::name)
                    .containsExactly("local", "local-archived", "redis", "redis-archived");
            for (BenchmarkCase each : suite.cases()) {
                for (Map.Entry<String, Slice> subject : each.subjects().entrySet()) {
                    Map<Metric, Double> seen = subject.getValue().run(Duration.ZERO);

                    assertThat(seen.get(Metric.FIRST_ANSWER_MILLIS))
                            .as("%s in %s", subject.getKey(), each.name())
                            .isLessThan(seen.get(Metric.PROCESS_MILLIS));
                }
            }
        }
    }
}
