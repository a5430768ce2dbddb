package io.cacheservice.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A moment as a table, with a column for all processes together and one for each. */
final class LiveView {
    private LiveView() {}

    /** As many lines at every moment, so that each can be written over the last. */
    static List<String> lines(Moment moment) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-26s%s",
                moment.elapsedMillis() / 1000 + " s",
                moment.phase().label()));
        lines.add(moment.phase().promise());
        lines.add(line(
                "per second",
                Stream.concat(
                        Stream.of("together"),
                        IntStream.rangeClosed(1, moment.processes().size()).mapToObj(i -> "process " + i))));
        lines.add(rate("reads", moment, Report::reads));
        lines.add(share("  local", moment, Count.LOCAL));
        lines.add(share("  Redis", moment, Count.REDIS));
        lines.add(share("  waited for the source", moment, Count.LOADED));
        lines.add(share("  stale", moment, Count.STALE));
        lines.add(share("  failed", moment, Count.FAILED));
        lines.add(rate("queries of the source", moment, Count.QUERIES));
        lines.add(rate("  failed", moment, Count.QUERIES_FAILED));
        lines.add(rate("  refreshes ahead", moment, Count.REFRESHES));
        lines.add(rate("joined a load here", moment, Count.JOINED));
        lines.add(rate("leases granted", moment, Count.LEASES_GRANTED));
        lines.add(rate("  held by the other", moment, Count.LEASES_HELD));
        lines.add(rate("errors", moment, Count.ERRORS));
        lines.add(row("p50", moment, report -> Figures.millis(report.latencyNanos(0.5))));
        lines.add(row("p99", moment, report -> Figures.millis(report.latencyNanos(0.99))));
        lines.add(row(
                "readers waiting now",
                moment,
                report -> Figures.count(report.now().waiting())));
        if (moment.hasRedis()) {
            lines.add(row(
                    "connections to Redis now",
                    moment,
                    report -> Figures.count(report.now().connected())));
        }
        return lines;
    }

    private static String share(String name, Moment moment, Count what) {
        return row(name, moment, report -> {
            String percent = Figures.percent(report.count(what), report.reads());
            return moment.perSecond(report.count(what)) + String.format(Locale.ROOT, "%9s", percent);
        });
    }

    private static String rate(String name, Moment moment, Count what) {
        return rate(name, moment, report -> report.count(what));
    }

    private static String rate(String name, Moment moment, Function<Report, Long> count) {
        return row(name, moment, report -> moment.perSecond(count.apply(report)));
    }

    private static String row(String name, Moment moment, Function<Report, String> cell) {
        return line(
                name,
                Stream.concat(Stream.of(moment.all()), moment.processes().stream())
                        .map(cell));
    }

    private static String line(String name, Stream<String> cells) {
        return String.format(Locale.ROOT, "%-26s", name)
                + cells.map(cell -> String.format(Locale.ROOT, "%18s", cell)).collect(Collectors.joining());
    }
}
