package io.cacheservice.benchmarks.report;

import io.cacheservice.benchmarks.harness.Metric;
import io.cacheservice.benchmarks.harness.RunRecord;
import io.cacheservice.benchmarks.report.Chapter.Drawing;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The chapters of the page, in their order. */
final class Chapters {
    private static final String EVERY_CASE = "";

    private static final List<Chapter> ALL = List.of(
            chapter(
                    "local",
                    List.of(Metric.NANOS_PER_OPERATION, Metric.CPU_NANOS_PER_OPERATION),
                    EVERY_CASE,
                    drawing(
                            "local",
                            "Time of a hit in this process",
                            EVERY_CASE,
                            Metric.NANOS_PER_OPERATION,
                            "caffeine-expiry",
                            "floor")),
            chapter(
                    "redis",
                    List.of(Metric.OPERATIONS_PER_SECOND),
                    "1KB",
                    operations("redis-get", "get of 1 KB, platform threads", "get-1KB-.*-platform", "lettuce-sync"),
                    operations(
                            "redis-get-virtual", "get of 1 KB, virtual threads", "get-1KB-.*-virtual", "lettuce-sync"),
                    operations("redis-set", "set of 1 KB, platform threads", "set-1KB-.*-platform", "lettuce-sync"),
                    drawing(
                            "redis-get-cpu",
                            "CPU time of the client for a get of 1 KB, platform threads",
                            "get-1KB-.*-platform",
                            Metric.CLIENT_CPU_MICROS_PER_OPERATION,
                            "lettuce-sync")),
            chapter(
                    "batch",
                    List.of(Metric.OPERATIONS_PER_SECOND),
                    EVERY_CASE,
                    operations("batch", "batches of 100 keys of 1 KB", EVERY_CASE, "lettuce")),
            chapter(
                    "cluster",
                    List.of(Metric.OPERATIONS_PER_SECOND, Metric.SERVER_CPU_MICROS_PER_OPERATION),
                    "1KB",
                    operations(
                            "cluster",
                            "batches of 100 keys of 1 KB from three masters",
                            "1KB-.*-(platform|virtual)",
                            "lettuce-mget"),
                    operations(
                            "cluster-masters",
                            "batches of 100 keys of 1 KB by 8 callers",
                            "by-masters",
                            "lettuce-mget-1-master")),
            chapter(
                    "options",
                    List.of(
                            Metric.OPERATIONS_PER_SECOND,
                            Metric.CLIENT_CPU_MICROS_PER_OPERATION,
                            Metric.ALLOCATED_BYTES_PER_OPERATION),
                    EVERY_CASE,
                    operations("options", "get and set of 1 KB", EVERY_CASE, "default")),
            chapter(
                    "compression",
                    List.of(
                            Metric.COMPRESSION_RATIO,
                            Metric.STORED_BYTES_PER_VALUE,
                            Metric.COMPRESS_NANOS_PER_VALUE,
                            Metric.DECOMPRESS_NANOS_PER_VALUE,
                            Metric.SERVER_BYTES_PER_VALUE),
                    EVERY_CASE,
                    drawing(
                            "compression",
                            "Memory of Redis for a small document",
                            EVERY_CASE,
                            Metric.SERVER_BYTES_PER_VALUE,
                            "plain-set")),
            chapter(
                    "coherence",
                    List.of(
                            Metric.P50_MICROS,
                            Metric.P99_MICROS,
                            Metric.MAX_MICROS,
                            Metric.LATER_THAN_A_SECOND,
                            Metric.P50_MICROS_FROM_CALL),
                    EVERY_CASE,
                    drawing(
                            "coherence",
                            "Time from the call of a write until another JVM has read it, median",
                            EVERY_CASE,
                            Metric.P50_MICROS_FROM_CALL,
                            "floor")),
            chapter(
                    "stampede",
                    List.of(Metric.LOADS, Metric.LAST_CALLER_MILLIS, Metric.LOADS_PER_END, Metric.LONGEST_READ_MILLIS),
                    EVERY_CASE,
                    drawing("stampede-loads", "How often the source is asked", "cold-", Metric.LOADS, "floor"),
                    drawing(
                            "stampede-last-caller",
                            "Time until the last caller has its value",
                            "cold-",
                            Metric.LAST_CALLER_MILLIS,
                            "floor")),
            chapter("outage", List.of(Metric.P99_MILLIS), EVERY_CASE),
            chapter(
                    "start",
                    List.of(Metric.FIRST_ANSWER_MILLIS, Metric.PROCESS_MILLIS, Metric.PROCESS_CPU_MILLIS),
                    EVERY_CASE,
                    firstAnswer("start-local", "from memory", "local", "caffeine"),
                    firstAnswer("start-redis", "from Redis", "redis", "lettuce")));

    private Chapters() {}

    /** The suites that have a chapter of their own, in the order of the page. */
    static List<String> suites() {
        return ALL.stream().map(Chapter::suite).toList();
    }

    /** The chapter of {@code run}; for a suite that has none, one that compares the first of its metrics. */
    static Chapter of(String suite, RunRecord run) {
        for (Chapter chapter : ALL) {
            if (chapter.suite().equals(suite)) {
                return chapter;
            }
        }
        List<Drawing> drawings = new ArrayList<>();
        Metric first = run.measurements().get(0).metric();
        run.measurements().get(0).ratios().keySet().stream()
                .limit(1)
                .forEach(baseline -> drawings.add(drawing(suite, first.label(), EVERY_CASE, first, baseline)));
        return new Chapter(suite, List.of(first), Pattern.compile(EVERY_CASE), drawings);
    }

    private static Chapter chapter(String suite, List<Metric> compared, String lead, Drawing... drawings) {
        return new Chapter(suite, compared, Pattern.compile(lead), List.of(drawings));
    }

    private static Drawing operations(String name, String what, String cases, String baseline) {
        return drawing(name, "Operations a second: " + what, cases, Metric.OPERATIONS_PER_SECOND, baseline);
    }

    private static Drawing firstAnswer(String name, String whence, String cases, String baseline) {
        return drawing(
                name,
                "Time from the first line of main to the first answer " + whence,
                cases,
                Metric.FIRST_ANSWER_MILLIS,
                baseline,
                "empty");
    }

    private static Drawing drawing(
            String name, String title, String cases, Metric metric, String baseline, String... without) {
        return new Drawing(name, title, Pattern.compile(cases), metric, baseline, List.of(without));
    }
}
