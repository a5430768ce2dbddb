package io.cacheservice.benchmarks.harness;

import java.util.ArrayList;
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
     * @param primary the metric that is shown with its range and its ratios; the others show their median
     */
    public static String of(List<Measurement> measurements, Metric primary) {
        Map<String, List<Measurement>> byCase = new LinkedHashMap<>();
        for (Measurement each : measurements) {
            byCase.computeIfAbsent(each.caseName(), name -> new ArrayList<>()).add(each);
        }
        StringBuilder text = new StringBuilder();
        byCase.forEach(
                (name, ofCase) -> text.append(table(name, ofCase, primary)).append('\n'));
        return text.toString();
    }

    private static String table(String caseName, List<Measurement> measurements, Metric primary) {
        List<Metric> others = measurements.stream()
                .map(Measurement::metric)
                .filter(metric -> metric != primary)
                .distinct()
                .sorted()
                .toList();
        List<String> baselines = measurements.stream()
                .filter(each -> each.metric() == primary)
                .flatMap(each -> each.ratios().keySet().stream())
                .distinct()
                .toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(caseName, primary.label(), "min-max"));
        baselines.forEach(baseline -> header.add("x " + baseline));
        others.forEach(metric -> header.add(metric.label()));
        rows.add(header);
        for (String subject :
                measurements.stream().map(Measurement::subject).distinct().toList()) {
            rows.add(row(measurements, subject, primary, baselines, others));
        }
        return aligned(rows);
    }

    private static List<String> row(
            List<Measurement> measurements,
            String subject,
            Metric primary,
            List<String> baselines,
            List<Metric> others) {
        List<String> row = new ArrayList<>(List.of(subject));
        Measurement main = find(measurements, subject, primary);
        if (main == null) {
            return row;
        }
        row.add(number(main.value().median(), primary.decimals()));
        row.add(number(main.value().min(), primary.decimals()) + "-"
                + number(main.value().max(), primary.decimals()));
        for (String baseline : baselines) {
            Spread ratio = main.ratios().get(baseline);
            row.add(ratio == null ? "" : number(ratio.median(), 2));
        }
        for (Metric metric : others) {
            Measurement other = find(measurements, subject, metric);
            row.add(other == null ? "" : number(other.value().median(), metric.decimals()));
        }
        return row;
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
            for (int column = 0; column < row.size(); column++) {
                String pad = " ".repeat(widths[column] - row.get(column).length());
                text.append(column == 0 ? row.get(column) + pad : "  " + pad + row.get(column));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
