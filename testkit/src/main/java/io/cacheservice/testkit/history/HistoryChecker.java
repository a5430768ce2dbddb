package io.cacheservice.testkit.history;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.CheckOptions.Part;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds in a history what a cache that promises bounded staleness cannot have done. It looks at each key by itself, in
 * O(n log n), and never raises a false alarm: an operation is a violation only if no moment between its start and its end,
 * and no fate of what is not known, would make it right.
 *
 * <p><b>Order.</b> The writes and deletes of a key are made one after the other, so their order is known: they are numbered,
 * and a <i>floor</i> is the number that a read must not go behind. There are three: the newest change of the same process
 * that had returned when the read began ({@link Rule#OWN_WRITES}), the newest of anybody that had returned more than the
 * bound before ({@link Rule#BOUNDED_STALENESS}), and the newest that an earlier read of the same process had found ({@link
 * Rule#MONOTONIC_READS}; earlier is: it ended before this one began). A read of a version that stands behind a floor is a
 * violation. When a read began is what counts: a process that was stopped in the middle of one is not to blame.
 *
 * <p><b>Nothing there.</b> A read that finds nothing is right if a delete that had begun by its end stands at or above the
 * floor; if the floor, or a version above it, can have come to its end by then (its start plus its life, or any expire); or
 * if a flush or a {@linkplain Builder#mayVanish loss of keys} may have come after the floor. Otherwise it is older than the
 * floor, like any older version. When only one delete explains it, it proves that this delete was seen.
 *
 * <p><b>Lives.</b> A life ends at the latest with the end of its write plus its duration. Of several expires those count that
 * were accepted more than the bound before the read, and all after them.
 *
 * <p><b>Not known.</b> What is {@link Outcome#UNKNOWN} raises no floor. It may take effect late, but only before the next
 * accepted change of the same process to the same key, which a client that sends in order can promise and which is what makes
 * late bytes of a broken connection visible; {@link Builder#late} lifts that for clients that cannot. {@link Outcome#QUEUED}
 * is the same, and binds its own process.
 *
 * <p><b>Failovers.</b> What was accepted while a {@linkplain Builder#failover failover} was on may be lost with its master. It
 * raises a floor only if a read of Redis after the end of the failover found it, and then from that end on: the bound
 * begins when the failover is over. It is counted as lost if such a read found something older; then it must not be read any
 * more when the bound has passed. Begin the interval before the first moment whose writes may not have been copied, and end it
 * when no client is answered by the old master any more.
 *
 * <p><b>Loads.</b> A key whose changes are of its source ({@link Operation.Kind#CHANGE}, {@link Operation.Kind#REMOVE}) may be
 * loaded at any time, so its versions have no end, and what Redis forgets makes nothing older: such a read must find the
 * newest version whose invalidation had been accepted more than the bound before, or had returned in the same process, or a
 * newer one. Between the change of the source and the end of the invalidation both versions are right, in any order, so {@link
 * Rule#MONOTONIC_READS} is not looked at. An invalidation that was accepted during a failover raises no floor; it is counted
 * as lost if something older is read when the failover and the bound are over. An answer that was marked as stale had expired
 * but must not have been invalidated: not by its own process, and where Redis was asked by nobody before the bound.
 * Two loads of one version at the same time, in different processes, are one too many unless an invalidation of the key was
 * under way since shortly before the first began, or the first had gone on for longer than the time that it was
 * given; in one process, unless the latter. A history of a Redis that failed needs {@link
 * Builder#without} {@link Rule#ONE_LOAD}; they are counted all the same.
 *
 * <p>Answers of replicas, and those that were marked as stale, must only be something that was written, and not from the
 * future.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class HistoryChecker {
    private final CheckOptions options;

    private HistoryChecker(CheckOptions options) {
        this.options = options;
    }

    /** A checker with a bound and nothing to excuse. */
    public static HistoryChecker of(Duration maxStaleness) {
        return builder().maxStaleness(maxStaleness).build();
    }

    /** Options for a checker. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Judges a history.
     *
     * @throws IllegalArgumentException when it cannot be judged: two changes of one key overlap, or their versions do not
     *     rise
     */
    public HistoryReport check(History history) {
        Findings findings = new Findings(options.rules(), options.shownPerRule());
        StalenessDistribution staleness = new StalenessDistribution();
        Vanishings vanishings = new Vanishings(history, options.mayVanish(), options.failovers());
        Words words = new Words(begin(history), Duration.ofNanos(options.maxStalenessNanos()));
        int[] ends = endsByKey(history);
        int[] order = orderedByKey(history, ends);
        long lost = 0;
        long duplicateLoads = 0;
        int from = 0;
        for (int end : ends) {
            IndexSort.sort(order, from, end, history::start);
            int[] operations = Arrays.copyOfRange(order, from, end);
            if (LoadedKeyCheck.isFor(history, operations)) {
                LoadedKeyCheck key = new LoadedKeyCheck(history, operations, options, findings, staleness, words);
                key.run();
                lost += key.lost();
                duplicateLoads += key.duplicateLoads();
            } else {
                KeyCheck key = new KeyCheck(history, operations, options, vanishings, findings, staleness, words);
                key.run();
                lost += key.lost();
            }
            from = end;
        }
        return report(history, findings, staleness, lost, duplicateLoads);
    }

    /** Whether a change was accepted and cannot have been lost. */
    boolean isSure(Operation change) {
        return change.outcome() == Outcome.APPLIED
                && options.failoverEnd(change.startNanos(), change.endNanos()) == Operation.NEVER_ENDED;
    }

    private long begin(History history) {
        Long told = options.part().beginNanos();
        if (told != null) {
            return told;
        }
        long begin = Long.MAX_VALUE;
        for (int i = 0; i < history.size(); i++) {
            begin = Math.min(begin, history.start(i));
        }
        return begin;
    }

    private static int[] endsByKey(History history) {
        int[] ends = new int[history.keyCount()];
        for (int i = 0; i < history.size(); i++) {
            ends[history.keyId(i)]++;
        }
        for (int key = 1; key < ends.length; key++) {
            ends[key] += ends[key - 1];
        }
        return ends;
    }

    private static int[] orderedByKey(History history, int[] ends) {
        int[] order = new int[history.size()];
        int[] next = ends.clone();
        for (int i = history.size() - 1; i >= 0; i--) {
            order[--next[history.keyId(i)]] = i;
        }
        return order;
    }

    private HistoryReport report(
            History history, Findings findings, StalenessDistribution staleness, long lost, long duplicateLoads) {
        long operations = 0;
        long reads = 0;
        long local = 0;
        long unknown = 0;
        long failed = 0;
        long loads = 0;
        for (int i = 0; i < history.size(); i++) {
            if (!options.part().has(i)) {
                continue;
            }
            operations++;
            Outcome outcome = history.outcome(i);
            boolean answered = history.kind(i).isRead() && outcome == Outcome.APPLIED;
            reads += answered ? 1 : 0;
            local += answered && history.tier(i) == Tier.LOCAL ? 1 : 0;
            unknown += outcome == Outcome.UNKNOWN ? 1 : 0;
            failed += outcome == Outcome.FAILED ? 1 : 0;
            loads += history.kind(i) == Operation.Kind.LOAD ? 1 : 0;
        }
        return new HistoryReport(
                operations,
                reads,
                local,
                unknown,
                failed,
                lost,
                loads,
                duplicateLoads,
                findings.count(),
                findings.earliest(),
                staleness);
    }

    /** Options for a checker. For one thread. */
    public static final class Builder {
        private Duration maxStaleness = Duration.ofSeconds(1);
        private Duration clockTolerance = Duration.ofMillis(10);
        private final List<Interval> failovers = new ArrayList<>();
        private final List<Interval> mayVanish = new ArrayList<>();
        private final Map<String, Set<Long>> lost = new HashMap<>();
        private final Set<Integer> late = new HashSet<>();
        private final Set<Rule> rules = EnumSet.allOf(Rule.class);
        private int shownPerRule = 5;
        private Part part = Part.WHOLE;

        private Builder() {}

        /** The bound; 1 second unless told. */
        public Builder maxStaleness(Duration bound) {
            maxStaleness = notNegative("maxStaleness", bound);
            return this;
        }

        /** By how much the ends of lives may be off, since servers measure them with clocks of their own; 10 ms unless told. */
        public Builder clockTolerance(Duration tolerance) {
            clockTolerance = notNegative("clockTolerance", tolerance);
            return this;
        }

        /** Another master took over during this time. */
        public Builder failover(Interval during) {
            failovers.add(during);
            return this;
        }

        /** Any key may have been removed during this time, by eviction for instance. A recorded flush need not be told. */
        public Builder mayVanish(Interval during) {
            mayVanish.add(during);
            return this;
        }

        /** A change that was accepted is known to be lost. */
        public Builder lost(String key, long version) {
            lost.computeIfAbsent(key, any -> new HashSet<>()).add(version);
            return this;
        }

        /** What is not known of this process's changes may still happen after its later ones. */
        public Builder late(int process) {
            late.add(process);
            return this;
        }

        /** Does not look at a rule. */
        public Builder without(Rule rule) {
            rules.remove(rule);
            return this;
        }

        /** How many violations of each rule are described; all are counted; 5 unless told. */
        public Builder shownPerRule(int count) {
            shownPerRule = count;
            return this;
        }

        /** Judges and counts only a part. For keys that are loaded. */
        Builder part(Part some) {
            part = some;
            return this;
        }

        /** A checker with these options. */
        public HistoryChecker build() {
            return new HistoryChecker(new CheckOptions(
                    maxStaleness.toNanos(),
                    clockTolerance.toNanos(),
                    failovers,
                    mayVanish,
                    lost,
                    late,
                    rules,
                    shownPerRule,
                    part));
        }

        private static Duration notNegative(String name, Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(name + " is " + value + ": set zero or more");
            }
            return value;
        }
    }
}
