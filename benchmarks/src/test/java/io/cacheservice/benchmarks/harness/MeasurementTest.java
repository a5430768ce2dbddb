package io.cacheservice.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final BenchmarkCase CASE = new BenchmarkCase("case", List.of("base"), Map.of());

    @Test
    void aRatioIsTheMedianOfTheRoundsRatiosAndNotTheRatioOfTheMedians() {
        List<Measurement> measurements =
                Measurement.of(CASE, Map.of("base", nanos(10, 100, 50), "subject", nanos(20, 110, 200)));

        assertThat(only(measurements, "subject").ratios())
                .containsExactly(Map.entry("base", new Spread(1.1, 1.55, 2, 3, 4)));
    }

    @Test
    void theBaselineIsOnceItself() {
        List<Measurement> measurements = Measurement.of(CASE, Map.of("base", nanos(10, 100)));

        assertThat(only(measurements, "base").ratios()).containsExactly(Map.entry("base", new Spread(1, 1, 1, 1, 1)));
    }

    @Test
    void nothingIsDividedByABaselineOfZero() {
        List<Measurement> measurements = Measurement.of(CASE, Map.of("base", nanos(0, 1), "subject", nanos(1, 1)));

        assertThat(only(measurements, "subject").ratios()).isEmpty();
    }

    @Test
    void withoutTheBaselineThereAreValuesAndNoRatios() {
        Measurement measurement = only(Measurement.of(CASE, Map.of("subject", nanos(1, 3))), "subject");

        assertThat(measurement.value().median()).isEqualTo(2);
        assertThat(measurement.ratios()).isEmpty();
    }

    private static List<Map<Metric, Double>> nanos(double... values) {
        return DoubleStream.of(values)
                .mapToObj(value -> Map.of(Metric.NANOS_PER_OPERATION, value))
                .toList();
    }

    private static Measurement only(List<Measurement> measurements, String subject) {
        List<Measurement> found = measurements.stream()
                .filter(measurement -> measurement.subject().equals(subject))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
