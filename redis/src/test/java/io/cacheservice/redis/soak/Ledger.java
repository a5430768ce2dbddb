package io.cacheservice.redis.soak;

import static java.util.Map.entry;

import io.cacheservice.redis.soak.Trend.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What processes held in the course of a run, and whether any of it grew: a figure has grown that {@linkplain Trend rises} over the
 * second half by more than 5 % of its median there, and by more than the least that counts of its kind. A process that came late is not judged, since it is
 * still at its start when the others are not. For one thread.
 */
public final class Ledger {
    private static final double FLAT = 0.05;
    /** Of the samples of who was there all the time. */
    private static final double JUDGED = 0.75;

    /**
     * What must not grow, and by how much it may seem to: threads are idle for a while, and
     * calls are under way.
     */
    private static final Map<String, Double> LEAST = Map.ofEntries(
            entry("heap_bytes", 1_000_000.0),
            entry("direct_bytes", 1_000_000.0),
            entry("threads", 2.0),
            entry("handles", 2.0),
            entry("local_bytes", 1_000_000.0),
            entry("journaled", 2.0),
            entry("pending", 10.0),
            entry("used_memory", 1_000_000.0),
            entry("cache_clients", 2.0),
            entry("other_clients", 4.0),
            entry("judge_heap_bytes", 4_000_000.0));

    private final Map<String, Map<String, List<Point>>> series = new LinkedHashMap<>();

    /** Adds what {@code subject} held so many seconds after the start. */
    public void add(String subject, double seconds, Vitals vitals) {
        Map<String, List<Point>> ofSubject = series.computeIfAbsent(subject, name -> new LinkedHashMap<>());
        vitals.figures()
                .forEach((name, value) -> ofSubject
                        .computeIfAbsent(name, any -> new ArrayList<>())
                        .add(new Point(seconds, value)));
    }

    /** Whether {@code subject} was sampled often enough to be judged. */
    public boolean canJudge(String subject) {
        return series.getOrDefault(subject, Map.of()).values().stream().anyMatch(this::isLongEnough);
    }

    /** What has grown, by the subject and name of each figure. */
    public List<String> grown() {
        List<String> grown = new ArrayList<>();
        series.forEach((subject, figures) -> figures.forEach((name, points) -> {
            if (hasGrown(name, points)) {
                grown.add(subject + " " + name);
            }
        }));
        return grown;
    }

    private boolean hasGrown(String name, List<Point> points) {
        Double least = LEAST.get(name);
        return least != null && isLongEnough(points) && Trend.rise(points) > Math.max(least, FLAT * level(points));
    }

    private boolean isLongEnough(List<Point> points) {
        int longest = series.values().stream()
                .flatMap(figures -> figures.values().stream())
                .mapToInt(List::size)
                .max()
                .orElse(0);
        return Trend.secondHalf(points).size() >= Trend.LEAST_SAMPLES && points.size() >= JUDGED * longest;
    }

    private static double level(List<Point> points) {
        return Trend.median(Trend.secondHalf(points).stream().map(Point::value).toList());
    }

    /** The medians of the first and the last tenth of each figure that can be judged, and its rise, a line each. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%-10s %-32s %8s %15s %15s %15s", "", "", "samples", "first tenth", "last tenth", "rise in 2nd half"));
        series.forEach((subject, figures) -> figures.forEach((name, points) -> {
            if (isLongEnough(points)) {
                lines.add(line(subject, name, points));
            }
        }));
        return lines;
    }

    private String line(String subject, String name, List<Point> points) {
        List<Double> values = points.stream().map(Point::value).toList();
        int tenth = Math.max(1, values.size() / 10);
        String verdict = LEAST.containsKey(name) ? (hasGrown(name, points) ? "  GREW" : "  flat") : "  (not judged)";
        return String.format(
                Locale.ROOT,
                "%-10s %-32s %8d %,15.0f %,15.0f %,15.0f%s",
                subject,
                name,
                values.size(),
                Trend.median(values.subList(0, tenth)),
                Trend.median(values.subList(values.size() - tenth, values.size())),
                Trend.rise(points),
                verdict);
    }
}
