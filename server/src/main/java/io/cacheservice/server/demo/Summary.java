package io.cacheservice.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said at the end: how each phase went, and what the source was spared. */
final class Summary {
    private static final String FORMAT = "%-14s%8s%9s%9s%9s%9s%9s%9s%11s%10s%10s";

    private Summary() {}

    /** @param queries what the source itself counted */
    static List<String> lines(List<PhaseResult> phases, long queries) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                FORMAT,
                "",
                "seconds",
                "reads/s",
                "local",
                "Redis",
                "waited",
                "stale",
                "failed",
                "queries/s",
                "p50",
                "p99"));
        Report all = Report.NONE;
        long millis = 0;
        for (PhaseResult each : phases) {
            lines.add(row(each.phase().label(), each.millis(), each.counted()));
            all = all.plus(each.counted());
            millis += each.millis();
        }
        if (phases.size() > 1) {
            lines.add(row("in all", millis, all));
        }
        lines.add("");
        lines.add(spared(all, queries));
        lines.add(loads(all));
        lines.add(failures(all));
        return lines;
    }

    private static String row(String name, long millis, Report counted) {
        long reads = counted.reads();
        return String.format(
                Locale.ROOT,
                FORMAT,
                name,
                Figures.seconds(millis),
                Figures.perSecond(reads, millis),
                Figures.percent(counted.count(Count.LOCAL), reads),
                Figures.percent(counted.count(Count.REDIS), reads),
                Figures.percent(counted.count(Count.LOADED), reads),
                Figures.percent(counted.count(Count.STALE), reads),
                Figures.percent(counted.count(Count.FAILED), reads),
                Figures.perSecond(counted.count(Count.QUERIES), millis),
                Figures.millis(counted.latencyNanos(0.5)),
                Figures.millis(counted.latencyNanos(0.99)));
    }

    private static String spared(Report all, long queries) {
        long reads = all.reads();
        return "Without the cache: " + Figures.count(reads) + " queries of the source. With it: "
                + Figures.count(queries)
                + ", as the database counted. Saved: " + Figures.count(Math.max(0, reads - queries)) + " ("
                + Figures.percent(Math.max(0, reads - queries), reads) + ").";
    }

    private static String loads(Report all) {
        return "Loads: " + Figures.count(all.count(Count.REFRESHES)) + " ahead of the end, so that nobody waited; "
                + Figures.count(all.count(Count.JOINED)) + " reads joined one in their process, "
                + Figures.count(all.count(Count.LEASES_HELD)) + " waited for the other process ("
                + Figures.count(all.count(Count.LEASES_GRANTED)) + " leases granted).";
    }

    private static String failures(Report all) {
        long failed = all.count(Count.FAILED);
        long stale = all.count(Count.STALE);
        return "Answers: " + Figures.count(stale) + " stale, " + (failed == 0 ? "none" : Figures.count(failed))
                + " failed" + (failed == 0 ? "." : ": they found neither a value nor the source.");
    }
}
