package io.cacheservice.benchmarks.report;

import io.cacheservice.benchmarks.harness.Measurement;
import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.RunRecord;
import io.cacheservice.benchmarks.harness.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The part of the page that shows a run.
 *
 * @param suite what was run
 * @param prose what the suite asks, and of what; Markdown
 * @param run the figures
 */
record Section(String suite, String prose, RunRecord run) {
    private static final double QUIET_CORES = 0.12;

    /** The pictures, SVG by the name of the file. */
    Map<String, String> pictures() {
        return Drawings.of(Chapters.of(suite, run), run);
    }

    /** @param imageFolder where the pictures are, as the page sees it */
    String markdown(String imageFolder) {
        Chapter chapter = Chapters.of(suite, run);
        StringBuilder text = new StringBuilder("## " + suite + "\n\n");
        text.append(prose.strip()).append("\n\n").append(circumstances());
        pictures().keySet().forEach(name -> text.append("\n![" + name + "](" + imageFolder + "/" + name + ".svg)\n"));
        List<String> folded = new ArrayList<>();
        CaseTable.byCase(run.measurements()).forEach((name, measurements) -> {
            String table = "\n" + new CaseTable(measurements, chapter.compared()).markdown();
            if (chapter.lead().matcher(name).find()) {
                text.append(table);
            } else {
                folded.add(table);
            }
        });
        if (!folded.isEmpty()) {
            text.append("\n<details><summary>" + folded.size() + " more tables</summary>\n");
            folded.forEach(text::append);
            text.append("\n</details>\n");
        }
        return text.toString();
    }

    /** When it was run, of which code, on what. */
    private String circumstances() {
        JsonNode facts = run.facts();
        List<String> parts = new ArrayList<>();
        parts.add("Measured on " + date() + ", commit " + facts.path("commit").asString() + ", Java " + java());
        if (!scope().isEmpty()) {
            parts.add(scope());
        }
        parts.add(facts.path("rounds").asInt() + " rounds of "
                + facts.path("sliceMillis").asInt() + " ms a subject after "
                + facts.path("warmUpRounds").asInt() + " to warm up");
        parts.add(foreign());
        String versions = facts.path("versions").properties().stream()
                .map(library -> library.getKey() + " " + library.getValue().asString())
                .collect(Collectors.joining(", "));
        return String.join("; ", parts) + ".\nVersions: " + versions + ".\n";
    }

    /** The day. */
    String date() {
        return run.facts().path("started").asString().split("T", 2)[0];
    }

    /** What of the suite was run, where it was not all of it; else empty. */
    String scope() {
        List<String> limits = new ArrayList<>();
        if (run.facts().path("quick").asBoolean()) {
            limits.add("**quick run**");
        }
        String only = run.facts().path("only").asString();
        if (!only.isEmpty()) {
            limits.add("a part of the suite: `" + only.replace("|", "\\|") + "`");
        }
        return String.join(", ", limits);
    }

    private String java() {
        JsonNode jdk = run.facts().path("jdk");
        return jdk.path("version").asString().split("[+-]", 2)[0] + " ("
                + jdk.path("vendor").asString() + ")";
    }

    /** The machine. */
    String machine() {
        JsonNode machine = run.facts().path("machine");
        return machine.path("cores").asInt() + " cores of "
                + machine.path("processor").asString() + ", "
                + memory(machine.path("memory").asString()) + ", "
                + machine.path("os").asString() + " "
                + machine.path("architecture").asString();
    }

    private static String memory(String kilobytes) {
        return kilobytes.matches("\\d+ kB")
                ? String.format(
                        Locale.ROOT, "%.1f GiB", Long.parseLong(kilobytes.split(" ", 2)[0]) / 1024.0 / 1024.0)
                : kilobytes;
    }

    private String foreign() {
        List<Double> cores = run.measurements().stream()
                .filter(each -> each.metric() == Metric.FOREIGN_CPU_CORES)
                .map(Measurement::value)
                .map(Spread::median)
                .toList();
        if (cores.isEmpty()) {
            return "what other processes used is not known";
        }
        double median = Spread.of(cores).median();
        return String.format(Locale.ROOT, "other processes used %.2f cores", median)
                + (median > QUIET_CORES ? ", **a noisy machine**: trust ratios and their spread only" : "");
    }
}
