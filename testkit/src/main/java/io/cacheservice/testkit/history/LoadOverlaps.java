package io.cacheservice.testkit.history;

import io.cacheservice.testkit.history.Operation.Outcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds loads of one key that ran at the same time and should not have.
 *
 * <p>Who loads has the right to it since shortly before. An invalidation ends that right, so the next one may begin while the
 * first still runs; so does the end of its time. What of an invalidation is not known may end it at any later moment.
 */
final class LoadOverlaps {
    /** Between the grant of the right to load and the first line of the loader. */
    private static final long BEFORE_LOADER_NANOS = 250_000_000;

    private final History history;
    /** What invalidated the key, by its start. */
    private final int[] invalidations;
    /** The latest moment at which those up to one of them may have taken effect. */
    private final long[] latestEffect;

    private final CheckOptions options;
    private final Findings findings;
    private final Words words;
    /** Of each process that load which may go on for the longest. */
    private final Map<Integer, Integer> running = new HashMap<>();

    private long betweenProcesses;

    LoadOverlaps(History history, int[] operations, CheckOptions options, Findings findings, Words words) {
        this.history = history;
        this.options = options;
        this.findings = findings;
        this.words = words;
        invalidations = Arrays.stream(operations)
                .filter(i -> !history.kind(i).changesNothing())
                .toArray();
        latestEffect = new long[invalidations.length];
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < invalidations.length; i++) {
            boolean isSure = history.outcome(invalidations[i]) == Outcome.APPLIED;
            latest = Math.max(latest, isSure ? history.end(invalidations[i]) : Operation.NEVER_ENDED);
            latestEffect[i] = latest;
        }
    }

    long betweenProcesses() {
        return betweenProcesses;
    }

    /** @param loads by their start */
    void judge(int[] loads) {
        for (int load : loads) {
            judge(load);
            running.merge(history.process(load), load, (a, b) -> end(a) >= end(b) ? a : b);
        }
    }

    private void judge(int load) {
        int process = history.process(load);
        boolean isDuplicate = false;
        for (Map.Entry<Integer, Integer> other : running.entrySet()) {
            int first = other.getValue();
            boolean isNew = options.part().has(first) || options.part().has(load);
            if (end(first) <= history.start(load) || !isNew) {
                continue;
            }
            if (other.getKey() == process) {
                findings.broken(
                        Rule.ONE_LOAD_IN_A_PROCESS,
                        () -> words.twoLoads(Rule.ONE_LOAD_IN_A_PROCESS, history.get(load), history.get(first)));
            } else if (!isDuplicate && areSame(first, load) && !wasInvalidated(first, load)) {
                isDuplicate = true;
                betweenProcesses++;
                findings.broken(
                        Rule.ONE_LOAD, () -> words.twoLoads(Rule.ONE_LOAD, history.get(load), history.get(first)));
            }
        }
    }

    /** The earliest moment at which it may have been over for the cache. */
    private long end(int load) {
        long given = history.lifeMillis(load);
        long timeIsUp =
                given == Operation.FOR_EVER ? Operation.NEVER_ENDED : history.start(load) + (given - 1) * 1_000_000;
        return Math.min(history.end(load), timeIsUp);
    }

    private boolean areSame(int first, int second) {
        return history.version(first) == history.version(second)
                && history.outcome(first) == Outcome.APPLIED
                && history.outcome(second) == Outcome.APPLIED;
    }

    private boolean wasInvalidated(int first, int second) {
        int low = 0;
        int high = invalidations.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.start(invalidations[middle]) <= history.start(second)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && latestEffect[low - 1] > history.start(first) - BEFORE_LOADER_NANOS;
    }
}
