package io.cacheservice.benchmarks.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measurements as text: a table for each case, a row for each subject. */
public final class ResultTable {
    private ResultTable() {}

    /**
     * The tables, in the order of {@code measurements}.
     *
     * @param compared the metrics that are shown with their range and their ratios; the others show their median
     */
    public static String of(List<Measurement> measurements, List<Metric> compared) {
        Map<String, List<Measurement>> byCase = new LinkedHashMap<>();
        for (Measurement each : measurements) {
            byCase.computeIfAbsent(each.caseName(), name -> new ArrayList<>()).add(each);
        }
        StringBuilder text = new StringBuilder();
        byCase.forEach(
                (name, ofCase) -> text.append(table(name, ofCase, compared)).append('\n'));
        return text.toString();
    }

    private static String table(String caseName, List<Measurement> measurements, List<Metric> compared) {
        List<Metric> metrics = new ArrayList<>(compared);
        measurements.stream()
                .map(Measurement::metric)
                .filter(metric -> !compared.contains(metric))
                .distinct()
                .sorted()
                .forEach(metrics::add);
        List<String> baselines = measurements.stream()
                .flatMap(each -> each.ratios().keySet().stream())
                .distinct()
                .toList();
        List<String> header = new ArrayList<>(List.of(caseName));
        for (Metric metric : metrics) {
            header.add(metric.label());
            if (compared.contains(metric)) {
                header.add("min-max");
                baselines.forEach(baseline -> header.add("x " + baseline));
            }
        }
        List<List<String>> rows = new ArrayList<>(List.of(header));
        for (String subject :
                measurements.stream().map(Measurement::subject).distinct().toList()) {
            List<String> row = new ArrayList<>(List.of(subject));
            for (Metric metric : metrics) {
                row.addAll(cells(find(measurements, subject, metric), compared.contains(metric), baselines));
            }
            rows.add(row);
        }
        return aligned(rows);
    }

    private static List<String> cells(@Nullable Measurement measurement, boolean compared, List<String> baselines) {
        if (measurement == null) {
            return Collections.nCopies(compared ? 2 + baselines.size() : 1, "");
        }
        int decimals = measurement.metric().decimals();
        Spread value = measurement.value();
        List<String> cells = new ArrayList<>(List.of(number(value.median(), decimals)));
        if (compared) {
            cells.add(number(value.min(), decimals) + "-" + number(value.max(), decimals));
            for (String baseline : baselines) {
                Spread ratio = measurement.ratios().get(baseline);
                cells.add(ratio == null ? "" : number(ratio.median(), 2));
            }
        }
        return cells;
    }

    private static @Nullable Measurement find(List<Measurement> measurements, String subject, Metric metric) {
        for (Measurement each : measurements) {
            if (each.subject().equals(subject) && each.metric() == metric) {
                return each;
            }
        }
        return null;
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String pad = " ".repeat(widths[column] - row.get(column).length());
                line.append(column == 0 ? row.get(column) + pad : "  " + pad + row.get(column));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
