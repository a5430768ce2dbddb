package io.cacheservice.server.demo;

import io.cacheservice.server.demo.FaultResult.Worst;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a simulation says: a line each second, and a table at the end. */
final class SimulationText {
    private static final String ROW = "%-15s%8s%9s%9s%9s%9s%8s%10s%10s%9s%18s%9s%9s";

    private SimulationText() {}

    /** One second. */
    static String line(long second, long millis, Report counted) {
        long reads = counted.reads();
        return String.format(
                Locale.ROOT,
                "%4d s  %5s reads/s  local %7s  Redis %7s  waited %7s  stale %7s  failed %s  p50 %s  p99 %s  loads/s %s"
                        + "  connections %s  journal %s",
                second,
                Figures.perSecond(reads, millis),
                Figures.percent(counted.count(Count.LOCAL), reads),
                Figures.percent(counted.count(Count.REDIS), reads),
                Figures.percent(counted.count(Count.LOADED), reads),
                Figures.percent(counted.count(Count.STALE), reads),
                Figures.count(counted.count(Count.FAILED)),
                Figures.millis(counted.latencyNanos(0.5)),
                Figures.millis(counted.latencyNanos(0.99)),
                Figures.perSecond(counted.count(Count.QUERIES), millis),
                connections(Worst.NONE.or(counted.now())),
                Figures.count(counted.now().journaled()));
    }

    /**
     * The table of all that was seen, and what it comes to.
     *
     * @param all what was counted from the first read to the last
     */
    static List<String> summary(List<FaultResult> results, Report all) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                ROW,
                "",
                "reads/s",
                "local",
                "Redis",
                "waited",
                "stale",
                "failed",
                "p50",
                "p99",
                "loads/s",
                "connections",
                "journal",
                "normal"));
        results.forEach(each -> lines.add(row(each)));
        lines.add("");
        long failed = all.count(Count.FAILED);
        long ill = results.stream().filter(each -> !each.isNormalAgain()).count();
        lines.add("Of " + Figures.count(all.reads()) + " reads " + (failed == 0 ? "none" : Figures.count(failed))
                + " ended with an error"
                + (failed == 0 ? "." : ", such as " + all.now().error()));
        if (ill > 0) {
            lines.add("After " + ill + " of the faults not all was normal again when time was up.");
        }
        return lines;
    }

    private static String row(FaultResult result) {
        Report during = result.during();
        long reads = during.reads();
        return String.format(
                Locale.ROOT,
                ROW,
                result.name(),
                Figures.perSecond(reads, result.millis()),
                Figures.percent(during.count(Count.LOCAL), reads),
                Figures.percent(during.count(Count.REDIS), reads),
                Figures.percent(during.count(Count.LOADED), reads),
                Figures.percent(during.count(Count.STALE), reads),
                Figures.count(result.failed()),
                Figures.millis(during.latencyNanos(0.5)),
                Figures.millis(during.latencyNanos(0.99)),
                Figures.perSecond(during.count(Count.QUERIES), result.millis()),
                connections(result.worst()),
                Figures.count(result.worst().journaled()),
                result.normalAfter()
                        .map(each -> Figures.seconds(each.toMillis()) + " s")
                        .orElse("not yet"));
    }

    private static String connections(Worst worst) {
        if (worst.equals(Worst.NONE)) {
            // it was ended before anybody looked
            return "";
        }
        return worst.connected() + " of " + worst.connections()
                + (worst.tripped() == 0 ? "" : ", " + worst.tripped() + " off");
    }
}
