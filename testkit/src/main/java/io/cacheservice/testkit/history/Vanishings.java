package io.cacheservice.testkit.history;

import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When keys were removed without a word about each: flushes, evictions, restarts without data. */
final class Vanishings {
    private final List<Interval> possible;
    private final long[] latestEndSoFar;
    private final List<Interval> certain;
    private final long[] latestStartSoFar;

    Vanishings(History history, List<Interval> mayVanish, List<Interval> failovers) {
        possible = new ArrayList<>(mayVanish);
        certain = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.kind(i) == Kind.FLUSH && history.outcome(i) != Outcome.FAILED) {
                Interval flush = new Interval(
                        history.start(i),
                        history.outcome(i) == Outcome.APPLIED ? history.end(i) : Operation.NEVER_ENDED);
                possible.add(flush);
                // A replica that is promoted may not have heard of it.
                if (history.outcome(i) == Outcome.APPLIED
                        && failovers.stream().noneMatch(f -> f.meets(flush.startNanos(), flush.endNanos()))) {
                    certain.add(flush);
                }
            }
        }
        possible.sort(Comparator.comparingLong(Interval::startNanos));
        certain.sort(Comparator.comparingLong(Interval::endNanos));
        latestEndSoFar = new long[possible.size()];
        latestStartSoFar = new long[certain.size()];
        long end = Long.MIN_VALUE;
        for (int i = 0; i < possible.size(); i++) {
            end = Math.max(end, possible.get(i).endNanos());
            latestEndSoFar[i] = end;
        }
        long start = Long.MIN_VALUE;
        for (int i = 0; i < certain.size(); i++) {
            start = Math.max(start, certain.get(i).startNanos());
            latestStartSoFar[i] = start;
        }
    }

    /** Whether what was written at the earliest at {@code since} may be gone at {@code until}. */
    boolean possible(long since, long until) {
        int begun = firstAfter(possible, until, true);
        return begun > 0 && latestEndSoFar[begun - 1] >= since;
    }

    /** Whether a flush that had ended before {@code nanos} began after {@code lastEffect}. */
    boolean certain(long lastEffect, long nanos) {
        int ended = firstAfter(certain, nanos - 1, false);
        return ended > 0 && latestStartSoFar[ended - 1] > lastEffect;
    }

    /** The first flush that began after {@code lastEffect}, if {@link #certain}. */
    Interval firstAfter(long lastEffect) {
        return certain.stream()
                .filter(flush -> flush.startNanos() > lastEffect)
                .findFirst()
                .orElseThrow();
    }

    private static int firstAfter(List<Interval> sorted, long nanos, boolean byStart) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Interval interval = sorted.get(middle);
            if ((byStart ? interval.startNanos() : interval.endNanos()) <= nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
