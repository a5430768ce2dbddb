package io.cacheservice.benchmarks.report;

import io.cacheservice.benchmarks.harness.Measurement;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The measurements of a case as a Markdown table: a row for each subject. */
final class CaseTable {
    private final List<Measurement> measurements;
    private final List<Metric> compared;
    private final List<Metric> metrics;
    private final List<String> baselines;

    /** @param compared what is shown with its range and its ratios, before the others */
    CaseTable(List<Measurement> measurements, List<Metric> compared) {
        List<Metric> measured = measurements.stream()
                .map(Measurement::metric)
                .distinct()
                .sorted()
                .filter(metric -> metric != Metric.FOREIGN_CPU_CORES)
                .toList();
        this.measurements = measurements;
        this.compared = compared.stream().filter(measured::contains).toList();
        metrics = new ArrayList<>(this.compared);
        measured.stream().filter(metric -> !compared.contains(metric)).forEach(metrics::add);
        baselines = measurements.stream()
                .flatMap(each -> each.ratios().keySet().stream())
                .distinct()
                .toList();
    }

    /** By case, in their order. */
    static Map<String, List<Measurement>> byCase(List<Measurement> measurements) {
        Map<String, List<Measurement>> byCase = new LinkedHashMap<>();
        for (Measurement each : measurements) {
            byCase.computeIfAbsent(each.caseName(), name -> new ArrayList<>()).add(each);
        }
        return byCase;
    }

    String markdown() {
        List<String> header = new ArrayList<>(List.of(measurements.get(0).caseName()));
        for (Metric metric : metrics) {
            header.add(metric.label());
            if (compared.contains(metric)) {
                baselines.forEach(baseline -> header.add("x `" + baseline + "`"));
            }
        }
        StringBuilder text = new StringBuilder(row(header));
        text.append("| --- |").append(" ---: |".repeat(header.size() - 1)).append('\n');
        measurements.stream().map(Measurement::subject).distinct().forEach(subject -> text.append(row(cells(subject))));
        return text.toString();
    }

    private List<String> cells(String subject) {
        List<String> cells = new ArrayList<>(List.of("`" + subject + "`"));
        for (Metric metric : metrics) {
            Measurement measured = find(subject, metric);
            boolean wide = compared.contains(metric);
            if (measured == null) {
                cells.addAll(Collections.nCopies(wide ? 1 + baselines.size() : 1, ""));
            } else if (wide) {
                cells.add(Figures.range(measured.value(), metric));
                for (String baseline : baselines) {
                    Spread ratio = measured.ratios().get(baseline);
                    cells.add(ratio == null ? "" : Figures.ratio(ratio));
                }
            } else {
                cells.add(Figures.value(measured.value(), metric));
            }
        }
        return cells;
    }

    private @Nullable Measurement find(String subject, Metric metric) {
        for (Measurement each : measurements) {
            if (each.subject().equals(subject) && each.metric() == metric) {
                return each;
            }
        }
        return null;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
