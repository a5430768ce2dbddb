package io.cacheservice.benchmarks.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the counted rounds gave of one case: by phase, subject and round. */
final class Samples {
    private final BenchmarkCase of;
    private final Map<String, Map<String, List<Map<Metric, Double>>>> byPhase = new LinkedHashMap<>();

    Samples(BenchmarkCase of) {
        this.of = of;
    }

    /** One more round of {@code subject}. */
    void add(String subject, Map<String, Map<Metric, Double>> phases) {
        phases.forEach((phase, sample) -> {
            List<Map<Metric, Double>> rounds =
                    byPhase.computeIfAbsent(phase, first -> subjects()).get(subject);
            if (rounds == null) {
                throw new IllegalStateException(subject + " is not a subject of " + of.name());
            }
            rounds.add(sample);
        });
    }

    /** The measurements of each phase. */
    List<Measurement> measurements() {
        List<Measurement> measurements = new ArrayList<>();
        byPhase.forEach((phase, samples) -> measurements.addAll(Measurement.of(named(phase), samples)));
        return measurements;
    }

    private BenchmarkCase named(String phase) {
        return phase.equals(Slice.WHOLE)
                ? of
                : new BenchmarkCase(of.name() + "-" + phase, of.baselines(), of.subjects());
    }

    private Map<String, List<Map<Metric, Double>>> subjects() {
        Map<String, List<Map<Metric, Double>>> bySubject = new LinkedHashMap<>();
        of.subjects().keySet().forEach(subject -> bySubject.put(subject, new ArrayList<>()));
        return bySubject;
    }
}
