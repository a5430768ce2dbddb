package io.cacheservice.testkit.history;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;

/** Counts violations and keeps the earliest of each rule. */
final class Findings {
    private static final Comparator<Violation> BY_TIME =
            Comparator.comparingLong(v -> v.operations().get(0).startNanos());

    private final Set<Rule> rules;
    private final int shownPerRule;
    private final Map<Rule, PriorityQueue<Violation>> latestFirst = new EnumMap<>(Rule.class);
    private long count;

    Findings(Set<Rule> rules, int shownPerRule) {
        this.rules = rules;
        this.shownPerRule = shownPerRule;
    }

    void broken(Rule rule, Supplier<Violation> violation) {
        if (!rules.contains(rule)) {
            return;
        }
        count++;
        PriorityQueue<Violation> kept =
                latestFirst.computeIfAbsent(rule, any -> new PriorityQueue<>(BY_TIME.reversed()));
        kept.add(violation.get());
        if (kept.size() > shownPerRule) {
            kept.poll();
        }
    }

    long count() {
        return count;
    }

    List<Violation> earliest() {
        return latestFirst.values().stream()
                .flatMap(Collection::stream)
                .sorted(BY_TIME)
                .toList();
    }
}
