package io.cacheservice.benchmarks.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One line of a result: a metric of a subject in a case, over all counted rounds.
 *
 * @param ratios by baseline: the value divided by the baseline's of the same round; without those baselines that are
 *     absent or zero
 */
public record Measurement(String caseName, String subject, Metric metric, Spread value, Map<String, Spread> ratios) {

    /**
     * The measurements of a case.
     *
     * <p>Ratios are taken within a round, whose slices lie next to each other, and only then summarised: what slows the
     * machine for a minute slows both and drops out.
     *
     * @param samples by subject, what each counted round gave; equally many for each subject
     */
    static List<Measurement> of(BenchmarkCase of, Map<String, List<Map<Metric, Double>>> samples) {
        List<Measurement> measurements = new ArrayList<>();
        samples.forEach((subject, rounds) -> {
            for (Metric metric : new TreeSet<>(rounds.get(0).keySet())) {
                List<Double> values = values(rounds, metric);
                Map<String, Spread> ratios = new LinkedHashMap<>();
                for (String baseline : of.baselines()) {
                    Spread ratio = ratio(values, samples.get(baseline), metric);
                    if (ratio != null) {
                        ratios.put(baseline, ratio);
                    }
                }
                measurements.add(new Measurement(of.name(), subject, metric, Spread.of(values), ratios));
            }
        });
        return measurements;
    }

    private static @Nullable Spread ratio(
            List<Double> values, @Nullable List<Map<Metric, Double>> baselineRounds, Metric metric) {
        if (baselineRounds == null || metric == Metric.FOREIGN_CPU_CORES) {
            return null;
        }
        List<Double> baseline = values(baselineRounds, metric);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(values.size(), baseline.size()); round++) {
            if (baseline.get(round) == 0) {
                return null;
            }
            ratios.add(values.get(round) / baseline.get(round));
        }
        return ratios.isEmpty() ? null : Spread.of(ratios);
    }

    private static List<Double> values(List<Map<Metric, Double>> rounds, Metric metric) {
        return rounds.stream()
                .map(sample -> sample.getOrDefault(metric, Double.NaN))
                .filter(value -> !Double.isNaN(value))
                .toList();
    }
}
