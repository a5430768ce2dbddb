package io.cacheservice.server.cli;

import io.cacheservice.redis.doctor.Finding;
import io.cacheservice.redis.doctor.Level;
import io.cacheservice.redis.doctor.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a doctor found, for people and as JSON. */
final class FindingsText {
    private static final List<Level> WORST_FIRST =
            List.of(Level.FAULT, Level.WARNING, Level.NOTE, Level.SKIPPED, Level.OK);

    private FindingsText() {}

    /** The worst first; a remedy is a line of its own. */
    static List<String> lines(Report report) {
        List<Finding> sorted = report.findings().stream()
                .sorted(Comparator.comparingInt(finding -> WORST_FIRST.indexOf(finding.level())))
                .toList();
        int whereWidth = sorted.stream()
                .mapToInt(finding -> finding.where().length())
                .max()
                .orElse(1);
        String form = "%-8s %-12s %-" + Math.max(1, whereWidth) + "s  %s";
        List<String> lines = new ArrayList<>();
        for (Finding finding : sorted) {
            lines.add(String.format(
                    Locale.ROOT, form, finding.level(), finding.check(), finding.where(), finding.seen()));
            if (!finding.remedy().isEmpty()) {
                lines.add("         remedy: " + finding.remedy());
            }
        }
        lines.add("");
        lines.add(summary(report));
        return lines;
    }

    private static String summary(Report report) {
        return count(report, Level.FAULT, "fault") + ", " + count(report, Level.WARNING, "warning") + ", "
                + count(report, Level.NOTE, "note") + ", " + report.count(Level.SKIPPED) + " skipped, "
                + report.count(Level.OK) + " in order"
                + (report.examined() ? "" : "; no server could be examined");
    }

    private static String count(Report report, Level level, String name) {
        long count = report.count(level);
        return count + " " + name + (count == 1 ? "" : "s");
    }

    /** In the order of looking. */
    static Map<String, Object> json(Report report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        WORST_FIRST.forEach(level -> counts.put(level.name(), report.count(level)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("examined", report.examined());
        json.put("counts", counts);
        json.put("findings", report.findings().stream().map(FindingsText::json).toList());
        return json;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", finding.check());
        json.put("level", finding.level().name());
        json.put("where", finding.where());
        json.put("seen", finding.seen());
        json.put("remedy", finding.remedy());
        return json;
    }
}
