package io.cacheservice.server.demo;

import java.util.List;

/**
 * What is shown at one moment.
 *
 * @param elapsedMillis since the processes began to read
 * @param lastMillis what it is about: the time until now
 * @param processes what each process counted in that time
 * @param phase what is away
 * @param hasRedis whether there is one at all
 */
record Moment(long elapsedMillis, long lastMillis, List<Report> processes, Phase phase, boolean hasRedis) {
    /** Copies the list. */
    Moment {
        processes = List.copyOf(processes);
    }

    /** All processes together. */
    Report all() {
        return processes.stream().reduce(Report.NONE, Report::plus);
    }

    String perSecond(long count) {
        return Figures.perSecond(count, lastMillis);
    }
}
