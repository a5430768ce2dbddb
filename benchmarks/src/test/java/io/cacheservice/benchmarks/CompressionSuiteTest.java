package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.harness.BenchmarkCase;
import io.cacheservice.benchmarks.harness.Metric;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CompressionSuiteTest {
    private static final Selection AUTO = new Selection(true, Pattern.compile("auto$"));

    @Test
    void documentsThatNobodyLearntFromTakeAThirdWithNoSetting() throws InterruptedException {
        try (Suite suite = new CompressionSuite(AUTO)) {
            BenchmarkCase documents = suite.cases().get(0);
            assertThat(documents.subjects().keySet()).containsExactlyInAnyOrder(CompressionSubjects.PLAIN, "auto");
            Map<Metric, Double> seen =
                    Objects.requireNonNull(documents.subjects().get("auto")).run(Duration.ZERO);

            assertThat(seen.get(Metric.COMPRESSION_RATIO)).isGreaterThan(3.0);
            assertThat(seen.get(Metric.DECOMPRESS_NANOS_PER_VALUE)).isPositive();
        }
    }
}
