package io.cacheservice.testkit.history;

import static io.cacheservice.testkit.history.Operation.NEVER_ENDED;

import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The changes of one key's source in their order, numbered from 0. */
final class SourceChanges {
    private final History history;
    /** Where each is in the history. */
    private final int[] at;

    private final int[] newestRemoval;
    private final int[] nextAccepted;
    private final Floors accepted;
    private final Floors settled;
    private final Map<Integer, Floors> own = new HashMap<>();

    /** @throws IllegalArgumentException when their order is not known, or the key is written otherwise too */
    SourceChanges(History history, int[] operations, CheckOptions options) {
        this.history = history;
        at = Arrays.stream(operations)
                .filter(i -> !history.kind(i).changesNothing() && history.kind(i) != Kind.INVALIDATE)
                .toArray();
        requireOrder();
        int n = at.length;
        long[] acceptedBy = new long[n];
        long[] settledBy = new long[n];
        long[] returnedBy = new long[n];
        newestRemoval = new int[n];
        nextAccepted = new int[n + 1];
        int removal = Floors.NONE;
        for (int i = 0; i < n; i++) {
            long end = history.end(at[i]);
            long failoverEnd = options.failoverEnd(history.start(at[i]), end);
            boolean mayBeLost = failoverEnd != NEVER_ENDED;
            Outcome outcome = history.outcome(at[i]);
            acceptedBy[i] = outcome == Outcome.APPLIED && !mayBeLost ? end : NEVER_ENDED;
            settledBy[i] = outcome == Outcome.APPLIED && mayBeLost ? Math.max(end, failoverEnd) : NEVER_ENDED;
            returnedBy[i] = outcome == Outcome.QUEUED && !mayBeLost ? end : acceptedBy[i];
            removal = history.kind(at[i]) == Kind.REMOVE ? i : removal;
            newestRemoval[i] = removal;
        }
        nextAccepted[n] = n;
        for (int i = n - 1; i >= 0; i--) {
            nextAccepted[i] = acceptedBy[i] == NEVER_ENDED ? nextAccepted[i + 1] : i;
        }
        int[] all = IntStream.range(0, n).toArray();
        accepted = new Floors(all, acceptedBy);
        settled = new Floors(all, settledBy);
        for (int process : Arrays.stream(at).map(history::process).distinct().toArray()) {
            int[] mine = Arrays.stream(all)
                    .filter(i -> history.process(at[i]) == process)
                    .toArray();
            own.put(process, new Floors(mine, returnedBy));
        }
    }

    private void requireOrder() {
        for (int i = 0; i < at.length; i++) {
            Operation after = history.get(at[i]);
            if (!after.kind().changesSource()) {
                throw new IllegalArgumentException(after + " is of a key that is loaded: change its source instead");
            }
            if (i > 0) {
                Changes.requireOrder(history.get(at[i - 1]), after);
            }
        }
    }

    int count() {
        return at.length;
    }

    int at(int change) {
        return at[change];
    }

    /** The change to a version; {@link Floors#NONE} if nobody made it. */
    int changeTo(long version) {
        int change = Changes.ofVersion(history, at, version);
        return change >= 0 && history.kind(at[change]) == Kind.CHANGE ? change : Floors.NONE;
    }

    /** The newest change that has begun by {@code nanos}; {@link Floors#NONE} stands for the time before the first. */
    int begunBy(long nanos) {
        int low = 0;
        int high = at.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.start(at[middle]) <= nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** The newest removal that has begun by {@code nanos}; {@link Floors#NONE} stands for the time before the first change. */
    int newestRemoval(long nanos) {
        int last = begunBy(nanos);
        return last < 0 ? Floors.NONE : newestRemoval[last];
    }

    /** The newest change whose invalidation had certainly been accepted, and kept, before {@code nanos}. */
    int acceptedBefore(long nanos) {
        return accepted.before(nanos);
    }

    /** The newest change whose invalidation a failover may have lost that was over before {@code nanos}. */
    int settledBefore(long nanos) {
        return settled.before(nanos);
    }

    /** The newest change whose invalidation had returned in a process before {@code nanos}. */
    int ownBefore(int process, long nanos) {
        Floors floors = own.get(process);
        return floors == null ? Floors.NONE : floors.before(nanos);
    }

    /** The first change after this one whose invalidation was accepted for certain; {@link #count} if none. */
    int nextAccepted(int change) {
        return nextAccepted[change + 1];
    }
}
