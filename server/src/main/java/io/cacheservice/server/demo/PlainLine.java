package io.cacheservice.server.demo;

import java.util.Locale;

/** A moment as one line, for logs and pipes. */
final class PlainLine {
    private PlainLine() {}

    static String of(Moment moment) {
        Report all = moment.all();
        return String.format(
                Locale.ROOT,
                "%4s s  %6s reads/s  local %6s  Redis %6s  waited %s  stale %s  failed %s  queries/s %s  p50 %s  p99 %s"
                        + "  waiting %d  %s",
                moment.elapsedMillis() / 1000,
                moment.perSecond(all.reads()),
                Figures.percent(all.count(Count.LOCAL), all.reads()),
                Figures.percent(all.count(Count.REDIS), all.reads()),
                moment.perSecond(all.count(Count.LOADED)),
                moment.perSecond(all.count(Count.STALE)),
                moment.perSecond(all.count(Count.FAILED)),
                moment.perSecond(all.count(Count.QUERIES)),
                Figures.millis(all.latencyNanos(0.5)),
                Figures.millis(all.latencyNanos(0.99)),
                all.now().waiting(),
                moment.phase().label());
    }
}
