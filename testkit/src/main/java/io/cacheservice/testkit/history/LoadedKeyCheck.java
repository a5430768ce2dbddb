package io.cacheservice.testkit.history;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Holds the reads of one key against the changes of its source, and its loads against each other. */
final class LoadedKeyCheck {
    private final History history;
    private final CheckOptions options;
    private final Findings findings;
    private final StalenessDistribution staleness;
    private final Words words;
    private final int[] operations;
    private final SourceChanges changes;
    private final LoadOverlaps overlaps;
    private final boolean[] lost;

    /** @param operations those of the key by their start */
    LoadedKeyCheck(
            History history,
            int[] operations,
            CheckOptions options,
            Findings findings,
            StalenessDistribution staleness,
            Words words) {
        this.history = history;
        this.operations = operations;
        this.options = options;
        this.findings = findings;
        this.staleness = staleness;
        this.words = words;
        this.changes = new SourceChanges(history, operations, options);
        this.overlaps = new LoadOverlaps(history, operations, options, findings, words);
        this.lost = new boolean[changes.count()];
    }

    /** Whether the key is one whose source is known. */
    static boolean isFor(History history, int[] operations) {
        return Arrays.stream(operations).anyMatch(i -> history.kind(i).changesSource() || history.kind(i) == Kind.LOAD);
    }

    /** How many invalidations a failover lost. */
    long lost() {
        return IntStream.range(0, lost.length).filter(i -> lost[i]).count();
    }

    /** How many loads were one too many, in another process. */
    long duplicateLoads() {
        return overlaps.betweenProcesses();
    }

    void run() {
        int[] reads = Arrays.stream(operations)
                .filter(i -> history.kind(i).isRead() && history.outcome(i) == Outcome.APPLIED)
                .filter(i -> options.part().has(i))
                .toArray();
        Arrays.stream(reads).forEach(this::judge);
        overlaps.judge(Arrays.stream(operations)
                .filter(i -> history.kind(i) == Kind.LOAD)
                .toArray());
        requireAgreement(reads);
    }

    private void judge(int read) {
        long version = history.version(read);
        int change = version == Operation.ABSENT ? changes.newestRemoval(history.end(read)) : changes.changeTo(version);
        if (version != Operation.ABSENT && change < 0) {
            findings.broken(Rule.WRITTEN_BY_SOMEBODY, () -> words.nobody(history.get(read)));
            return;
        }
        if (change >= 0 && history.start(changes.at(change)) > history.end(read)) {
            findings.broken(
                    Rule.NOT_FROM_THE_FUTURE, () -> words.future(history.get(read), history.get(changes.at(change))));
            return;
        }
        if (history.tier(read) == Tier.REPLICA) {
            return;
        }
        long start = history.start(read);
        int own = changes.ownBefore(history.process(read), start);
        if (change < own) {
            findings.broken(Rule.OWN_WRITES, () -> words.own(history.get(read), history.get(changes.at(own))));
        }
        if (history.stale(read) && history.tier(read) != Tier.REMOTE) {
            return; // an outage may have kept the process from hearing that it was invalidated
        }
        if (change < changes.acceptedBefore(start - options.maxStalenessNanos())) {
            int outdated = changes.nextAccepted(change);
            findings.broken(
                    Rule.BOUNDED_STALENESS,
                    () -> words.old(
                            history.get(read), history.get(changes.at(outdated)), history.end(changes.at(outdated))));
        }
        int perhapsLost = changes.settledBefore(start - options.maxStalenessNanos());
        if (change < perhapsLost) {
            lost[perhapsLost] = true;
        }
        int next = changes.nextAccepted(change);
        staleness.add(next == changes.count() ? 0 : Math.max(0, start - history.end(changes.at(next))));
    }

    private void requireAgreement(int[] reads) {
        int[] last = Arrays.stream(reads)
                .filter(read -> history.kind(read) == Kind.FINAL_READ)
                .toArray();
        for (int read : last) {
            if (history.version(read) != history.version(last[0])) {
                findings.broken(Rule.AGREEMENT, () -> words.disagree(history.get(read), history.get(last[0])));
            }
        }
    }
}
