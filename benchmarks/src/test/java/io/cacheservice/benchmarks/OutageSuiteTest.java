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

class OutageSuiteTest {
    @Test
    void inAnOutageTheServiceAsksTheSourceAndFailsNobody() throws InterruptedException {
        try (Suite suite = new OutageSuite(new Selection(true, Pattern.compile("remote/cache-service")))) {
            Map<String, Map<Metric, Double>> parts = parts(only(suite), "cache-service");

            assertThat(parts).containsOnlyKeys("before", "first", "later", "after");
            for (Map<Metric, Double> part : parts.values()) {
                assertThat(part).containsEntry(Metric.ERRORS_PER_SECOND, 0.0);
            }
            assertThat(value(parts, "later", Metric.LOADS_PER_SECOND)).isPositive();
            assertThat(parts.get("first")).containsKey(Metric.LEFT_ALONE_AFTER_MILLIS);
        }
    }

    @Test
    void inAnOutageACacheThatFailsItsReadersIsSeenToDoSo() throws InterruptedException {
        try (Suite suite = new OutageSuite(new Selection(true, Pattern.compile("remote/spring$")))) {
            Map<String, Map<Metric, Double>> parts = parts(only(suite), "spring");

            assertThat(value(parts, "later", Metric.ERRORS_PER_SECOND)).isPositive();
            assertThat(value(parts, "later", Metric.LOADS_PER_SECOND)).isZero();
        }
    }

    @Test
    void eachCaseIsDrawnWithALineForEachSubject() throws InterruptedException {
        try (Suite suite = new OutageSuite(new Selection(true, Pattern.compile("both/jetcache")))) {
            parts(only(suite), OutageSubjects.BARE_SOURCE);
            parts(only(suite), "jetcache-both");

            assertThat(suite.pictures()).containsOnlyKeys("outage-both");
            assertThat(suite.pictures().get("outage-both")).contains(">bare-source<", ">jetcache-both<");
            assertThat(suite.details()).containsKey("p99MillisPer100Millis");
        }
    }

    private static BenchmarkCase only(Suite suite) {
        assertThat(suite.cases()).hasSize(1);
        return suite.cases().get(0);
    }

    private static Map<String, Map<Metric, Double>> parts(BenchmarkCase of, String subject)
            throws InterruptedException {
        Slice slice = Objects.requireNonNull(of.subjects().get(subject), subject);
        return slice.runPhases(Duration.ZERO);
    }

    private static double value(Map<String, Map<Metric, Double>> parts, String part, Metric metric) {
        return Objects.requireNonNull(Objects.requireNonNull(parts.get(part)).get(metric));
    }
}
