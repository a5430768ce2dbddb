package io.cacheservice.testkit.history;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Holds the reads of one key against the changes of it. */
final class KeyCheck {
    private final History history;
    private final CheckOptions options;
    private final Vanishings vanishings;
    private final Findings findings;
    private final StalenessDistribution staleness;
    private final Words words;
    private final Changes changes;
    /** By their start. */
    private final int[] reads;
    /** For each read, the change that a later read of the same process must not go behind. */
    private final int[] observed;

    KeyCheck(
            History history,
            int[] operations,
            CheckOptions options,
            Vanishings vanishings,
            Findings findings,
            StalenessDistribution staleness,
            Words words) {
        this.history = history;
        this.options = options;
        this.vanishings = vanishings;
        this.findings = findings;
        this.staleness = staleness;
        this.words = words;
        this.changes = new Changes(history, operations, options, vanishings);
        this.reads = Arrays.stream(operations)
                .filter(i -> history.kind(i).isRead() && history.outcome(i) == Outcome.APPLIED)
                .toArray();
        this.observed = new int[reads.length];
    }

    /** How many changes a failover lost. */
    long lost() {
        return changes.lostCount();
    }

    void run() {
        int[] byEnd = new int[reads.length];
        Arrays.setAll(byEnd, i -> i);
        IndexSort.sort(byEnd, 0, byEnd.length, i -> history.end(reads[i]));
        Map<Integer, Integer> newestRead = new HashMap<>();
        int ended = 0;
        for (int i = 0; i < reads.length; i++) {
            long start = history.start(reads[i]);
            // What ended before this one began has begun before it too, so it was judged already.
            for (; ended < byEnd.length && history.end(reads[byEnd[ended]]) < start; ended++) {
                int earlier = byEnd[ended];
                newestRead.merge(
                        history.process(reads[earlier]), earlier, (a, b) -> observed[a] >= observed[b] ? a : b);
            }
            observed[i] = judge(reads[i], newestRead.getOrDefault(history.process(reads[i]), -1));
        }
        requireAgreement();
    }

    /** Judges a read; returns the change that it proves to have been seen. */
    private int judge(int read, int before) {
        long version = history.version(read);
        int write = version == Operation.ABSENT ? Floors.NONE : changes.writeOf(version);
        if (version != Operation.ABSENT) {
            if (write < 0) {
                findings.broken(Rule.WRITTEN_BY_SOMEBODY, () -> words.nobody(history.get(read)));
                return Floors.NONE;
            }
            if (history.start(changes.at(write)) > history.end(read)) {
                findings.broken(
                        Rule.NOT_FROM_THE_FUTURE,
                        () -> words.future(history.get(read), history.get(changes.at(write))));
                return Floors.NONE;
            }
        }
        if (history.stale(read) || history.tier(read) == Tier.REPLICA) {
            return Floors.NONE;
        }
        long start = history.start(read);
        int own = changes.ownBefore(history.process(read), start);
        int accepted = changes.acceptedBefore(start - options.maxStalenessNanos());
        int seen = before < 0 ? Floors.NONE : observed[before];
        if (isBehind(read, write, own)) {
            findings.broken(Rule.OWN_WRITES, () -> words.own(history.get(read), history.get(changes.at(own))));
        }
        if (isBehind(read, write, accepted)) {
            int outdated = outdatedBy(read, write, accepted);
            findings.broken(
                    Rule.BOUNDED_STALENESS,
                    () -> words.old(
                            history.get(read), history.get(changes.at(outdated)), changes.acceptedByNanos(outdated)));
        }
        if (isBehind(read, write, seen)) {
            findings.broken(
                    Rule.MONOTONIC_READS,
                    () -> words.back(history.get(read), history.get(reads[before]), history.get(changes.at(seen))));
        }
        if (write >= 0) {
            judgeLife(read, write);
        }
        staleness.add(Math.max(0, age(read, write)));
        return proves(read, write, Math.max(own, Math.max(accepted, seen)));
    }

    private boolean isBehind(int read, int write, int floor) {
        return write < 0 ? !changes.mayBeAbsent(floor, history.end(read)) : changes.top(write) < floor;
    }

    /** The first change that made what was read outdated, which tells most; the floor itself when nothing was read. */
    private int outdatedBy(int read, int write, int floor) {
        int first = write < 0 ? floor : changes.nextAccepted(changes.top(write));
        return first < changes.count() && changes.acceptedByNanos(first) < history.start(read) ? first : floor;
    }

    private void judgeLife(int read, int write) {
        long start = history.start(read);
        long latest = start - options.maxStalenessNanos();
        if (vanishings.certain(changes.lastEffect(write), latest)) {
            Interval flush = vanishings.firstAfter(changes.lastEffect(write));
            findings.broken(
                    Rule.BOUNDED_STALENESS,
                    () -> words.flushed(history.get(read), history.get(changes.at(write)), flush));
        }
        if (changes.lostSince(write) < latest) {
            findings.broken(
                    Rule.BOUNDED_STALENESS,
                    () -> words.lost(history.get(read), history.get(changes.at(write)), changes.lostSince(write)));
        }
        long lifeEnd = changes.lifeEnd(write, start);
        if (lifeEnd < latest - options.clockToleranceNanos()) {
            int endedBy = changes.endedBy(write, lifeEnd);
            findings.broken(
                    Rule.EXPIRY,
                    () -> words.ended(
                            history.get(read), history.get(changes.at(write)), history.get(endedBy), lifeEnd));
        }
    }

    private long age(int read, int write) {
        long start = history.start(read);
        if (write < 0) {
            int next = changes.nextAccepted(changes.lastDelete(history.end(read)));
            boolean explained = next == changes.count() || changes.mayHaveEnded(next, history.end(read));
            return explained ? 0 : start - changes.acceptedByNanos(next);
        }
        int next = changes.nextAccepted(changes.top(write));
        long age = next == changes.count() ? 0 : start - changes.acceptedByNanos(next);
        long lifeEnd = changes.lifeEnd(write, start);
        if (lifeEnd < start) {
            age = Math.max(age, start - lifeEnd);
        }
        if (vanishings.certain(changes.lastEffect(write), start)) {
            age = Math.max(
                    age,
                    start - vanishings.firstAfter(changes.lastEffect(write)).endNanos());
        }
        return age;
    }

    private int proves(int read, int write, int floor) {
        int change = write < 0 ? changes.deleteSeen(floor, history.end(read)) : write;
        // What a failover may have lost can be followed by something older.
        return change < 0 || changes.duringFailover(change) || changes.lostSince(change) != Operation.NEVER_ENDED
                ? Floors.NONE
                : change;
    }

    private void requireAgreement() {
        int[] last = Arrays.stream(reads)
                .filter(read -> history.kind(read) == Kind.FINAL_READ)
                .toArray();
        if (last.length == 0) {
            return;
        }
        int measure = Arrays.stream(last)
                .filter(read -> history.tier(read) == Tier.REMOTE)
                .findFirst()
                .orElse(last[0]);
        for (int read : last) {
            if (!agree(read, measure)) {
                findings.broken(Rule.AGREEMENT, () -> words.disagree(history.get(read), history.get(measure)));
            }
        }
    }

    private boolean agree(int one, int other) {
        long first = history.version(one);
        long second = history.version(other);
        if (first == second) {
            return true;
        }
        int absent = first == Operation.ABSENT ? one : other;
        int write = changes.writeOf(Math.max(first, second));
        boolean oneIsAbsent = Math.min(first, second) == Operation.ABSENT;
        return oneIsAbsent && write >= 0 && changes.mayHaveEnded(write, history.end(absent));
    }
}
