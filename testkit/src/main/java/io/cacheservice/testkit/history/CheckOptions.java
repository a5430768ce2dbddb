package io.cacheservice.testkit.history;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a checker was told about the system whose history it judges. */
record CheckOptions(
        long maxStalenessNanos,
        long clockToleranceNanos,
        List<Interval> failovers,
        List<Interval> mayVanish,
        Map<String, Set<Long>> lost,
        Set<Integer> late,
        Set<Rule> rules,
        int shownPerRule,
        Part part) {
    /**
     * What of a history is judged.
     *
     * @param first where in the history it begins; what is before that is only there to judge by
     * @param beginNanos from when on times are told; null: from the earliest of the history
     */
    record Part(int first, @Nullable Long beginNanos) {
        /** All of it. */
        static final Part WHOLE = new Part(0, null);

        boolean has(int operation) {
            return operation >= first;
        }
    }

    CheckOptions {
        failovers = List.copyOf(failovers);
        mayVanish = List.copyOf(mayVanish);
        lost = Map.copyOf(lost);
        late = Set.copyOf(late);
        rules = rules.isEmpty() ? EnumSet.noneOf(Rule.class) : EnumSet.copyOf(rules);
    }

    /** When the last failover ends that was on during an operation; {@link Operation#NEVER_ENDED} if none was. */
    long failoverEnd(long startNanos, long endNanos) {
        long end = Operation.NEVER_ENDED;
        for (Interval failover : failovers) {
            if (failover.meets(startNanos, endNanos)) {
                end = end == Operation.NEVER_ENDED ? failover.endNanos() : Math.max(end, failover.endNanos());
            }
        }
        return end;
    }

    Set<Long> lostVersions(String key) {
        return lost.getOrDefault(key, Set.of());
    }

    /** Whether what is not known of a process may happen at any later time. */
    boolean isLate(int process) {
        return late.contains(process);
    }
}
