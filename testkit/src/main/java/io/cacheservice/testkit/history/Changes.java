package io.cacheservice.testkit.history;

import static io.cacheservice.testkit.history.Operation.NEVER_ENDED;

import io.cacheservice.Tier;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The writes and deletes of one key in their order, numbered from 0, and what follows from them for those who read it.
 *
 * <p>{@link HistoryChecker} says why each answer is what it is.
 */
final class Changes {
    private final History history;
    private final CheckOptions options;
    private final Vanishings vanishings;
    /** Where each is in the history. */
    private final int[] at;

    private final int[][] expires;
    private final long[] failoverEnd;
    private final boolean[] kept;
    private final boolean[] lost;
    private final long[] acceptedBy;
    private final int[] top;
    private final int[] nextAccepted;
    private final int[] nextDelete;
    private final int[] highestDelete;
    private final int[] highestMortalUnknown;
    private final Floors accepted;
    private final Map<Integer, Floors> own = new HashMap<>();

    /**
     * @param operations those of the key by their start
     * @throws IllegalArgumentException when the order of the changes is not known
     */
    Changes(History history, int[] operations, CheckOptions options, Vanishings vanishings) {
        this.history = history;
        this.options = options;
        this.vanishings = vanishings;
        at = Arrays.stream(operations)
                .filter(i -> history.kind(i) == Kind.WRITE || history.kind(i) == Kind.DELETE)
                .toArray();
        requireOrder();
        int n = at.length;
        expires = new int[n][0];
        failoverEnd = new long[n];
        kept = new boolean[n];
        lost = new boolean[n];
        acceptedBy = new long[n];
        top = new int[n];
        nextAccepted = new int[n + 1];
        nextDelete = new int[n + 1];
        highestDelete = new int[n];
        highestMortalUnknown = new int[n];
        attachExpires(operations);
        findTops();
        findDeletesAndMortals();
        findWhatFailoversLost(operations);
        findAccepted();
        int[] all = IntStream.range(0, n).toArray();
        accepted = new Floors(all, acceptedBy);
        findOwn(all);
    }

    /** How many there are. */
    int count() {
        return at.length;
    }

    /** Where a change is in the history. */
    int at(int change) {
        return at[change];
    }

    /** The write of a version; -1 if nobody wrote it, or it failed. */
    int writeOf(long version) {
        int change = ofVersion(history, at, version);
        return change >= 0 && history.kind(at[change]) == Kind.WRITE && !failed(change) ? change : -1;
    }

    /** Where in {@code at}, whose versions ascend, one is; -1 if it is not there. */
    static int ofVersion(History history, int[] at, long version) {
        int low = 0;
        int high = at.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = history.version(at[middle]);
            if (found == version) {
                return middle;
            }
            if (found < version) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The newest change behind which this one can have taken effect. */
    int top(int change) {
        return top[change];
    }

    /** The newest change that had certainly taken effect before {@code nanos}. */
    int acceptedBefore(long nanos) {
        return accepted.before(nanos);
    }

    /** The newest change that had returned in a process before {@code nanos}. */
    int ownBefore(int process, long nanos) {
        Floors floors = own.get(process);
        return floors == null ? Floors.NONE : floors.before(nanos);
    }

    /** The change after this one that was the first to be accepted for certain; {@link #count} if none. */
    int nextAccepted(int change) {
        return change >= at.length ? at.length : nextAccepted[change + 1];
    }

    /** When a change had certainly taken effect; {@link Operation#NEVER_ENDED} if that is not certain. */
    long acceptedByNanos(int change) {
        return acceptedBy[change];
    }

    /** Whether a failover was on while it was made. */
    boolean duringFailover(int change) {
        return failoverEnd[change] != NEVER_ENDED;
    }

    /** When the failover was over that lost this change; {@link Operation#NEVER_ENDED} if none lost it. */
    long lostSince(int change) {
        return lost[change] ? failoverEnd[change] : NEVER_ENDED;
    }

    long lostCount() {
        return IntStream.range(0, lost.length).filter(i -> lost[i]).count();
    }

    /** The latest moment at which a change can have taken effect. */
    long lastEffect(int change) {
        if (history.outcome(at[change]) == Outcome.APPLIED) {
            return history.end(at[change]);
        }
        return top[change] + 1 < at.length ? history.end(at[top[change] + 1]) : NEVER_ENDED;
    }

    /** When the life of a written version ended at the latest, as seen by a read that starts at {@code nanos}. */
    long lifeEnd(int write, long nanos) {
        long latest = later(lastEffect(write), history.lifeMillis(at[write]));
        for (int expire : expires[write]) {
            boolean certain = history.outcome(expire) == Outcome.APPLIED && !inFailover(expire);
            long end = certain ? later(history.end(expire), history.lifeMillis(expire)) : NEVER_ENDED;
            boolean settled = certain && history.end(expire) + options.maxStalenessNanos() < nanos;
            latest = settled ? end : Math.max(latest, end);
        }
        return latest;
    }

    /** Where in the history the operation is that brought a life to this end: the write itself, or an expire. */
    int endedBy(int write, long lifeEnd) {
        return Arrays.stream(expires[write])
                .filter(expire -> later(history.end(expire), history.lifeMillis(expire)) == lifeEnd)
                .findFirst()
                .orElse(at[write]);
    }

    /** Whether a read that ends at {@code nanos} may find nothing although change {@code floor} must be visible to it. */
    boolean mayBeAbsent(int floor, long nanos) {
        return floor < 0 || mayBeDeleted(floor, nanos) || mayHaveEnded(floor, nanos);
    }

    /** The delete that a read must have seen which found nothing, if nothing else explains that; -1 otherwise. */
    int deleteSeen(int floor, long nanos) {
        boolean lateDelete = floor > 0 && highestDelete[floor - 1] >= floor;
        if (floor < 0 || lateDelete || mayHaveEnded(floor, nanos)) {
            return -1;
        }
        int delete = nextDelete[floor];
        return delete < at.length && history.start(at[delete]) <= nanos ? delete : -1;
    }

    /** The newest delete that has begun by {@code nanos}; -1 stands for the time before the first write. */
    int lastDelete(long nanos) {
        int last = begunBy(nanos);
        return last < 0 ? -1 : highestDelete[last];
    }

    /** Whether the value of {@code floor} or a later one may have ended or vanished by {@code nanos}. */
    boolean mayHaveEnded(int floor, long nanos) {
        if (vanishings.possible(history.start(at[floor]), nanos)) {
            return true;
        }
        int last = begunBy(nanos);
        if (last >= 0 && highestMortalUnknown[last] >= floor) {
            return true;
        }
        for (int i = last; i >= floor; i--) {
            if (firstEnd(i) <= nanos) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeDeleted(int floor, long nanos) {
        int last = begunBy(nanos);
        return last >= 0 && highestDelete[last] >= floor;
    }

    /** The earliest moment at which the value of a change can have come to its end. */
    private long firstEnd(int change) {
        if (history.kind(at[change]) != Kind.WRITE || failed(change)) {
            return NEVER_ENDED;
        }
        long first = later(history.start(at[change]), history.lifeMillis(at[change]));
        for (int expire : expires[change]) {
            // Not after its life: entries are kept in Redis for longer than they are fresh, and a shorter life cuts off
            // both.
            first = Math.min(first, history.start(expire));
        }
        return first == NEVER_ENDED ? first : first - options.clockToleranceNanos();
    }

    private int begunBy(long nanos) {
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

    private boolean failed(int change) {
        return history.outcome(at[change]) == Outcome.FAILED;
    }

    private boolean isSure(int change) {
        return history.outcome(at[change]) == Outcome.APPLIED;
    }

    private static long later(long nanos, long lifeMillis) {
        return nanos == NEVER_ENDED || lifeMillis == Operation.FOR_EVER ? NEVER_ENDED : nanos + lifeMillis * 1_000_000;
    }

    private boolean inFailover(int operation) {
        return options.failoverEnd(history.start(operation), history.end(operation)) != NEVER_ENDED;
    }

    private void requireOrder() {
        for (int i = 1; i < at.length; i++) {
            requireOrder(history.get(at[i - 1]), history.get(at[i]));
        }
    }

    /** @throws IllegalArgumentException when {@code after} has not begun after the end of {@code before}, with a higher version */
    static void requireOrder(Operation before, Operation after) {
        boolean overlap = before.endNanos() != NEVER_ENDED && before.endNanos() > after.startNanos();
        if (overlap || before.version() >= after.version()) {
            throw new IllegalArgumentException("The order of two changes is not known: " + before + " and " + after
                    + ". Let the versions of a key rise, and begin each change after the end of the one before");
        }
    }

    private void attachExpires(int[] operations) {
        for (int i : operations) {
            if (history.kind(i) == Kind.EXPIRE && history.outcome(i) != Outcome.FAILED) {
                int write = writeOf(history.version(i));
                if (write >= 0) {
                    expires[write] = Arrays.copyOf(expires[write], expires[write].length + 1);
                    expires[write][expires[write].length - 1] = i;
                }
            }
        }
    }

    private void findWhatFailoversLost(int[] operations) {
        boolean[] older = new boolean[at.length];
        boolean any = false;
        for (int i = 0; i < at.length; i++) {
            failoverEnd[i] = options.failoverEnd(history.start(at[i]), history.end(at[i]));
            any |= failoverEnd[i] != NEVER_ENDED;
        }
        if (any) {
            Arrays.stream(operations).filter(this::showsWhatRedisHas).forEach(read -> judgeBy(read, older));
        }
        Set<Long> named = at.length == 0 ? Set.of() : options.lostVersions(history.key(history.keyId(at[0])));
        for (int i = 0; i < at.length; i++) {
            boolean isWrite = history.kind(at[i]) == Kind.WRITE;
            lost[i] = isSure(i) && (named.contains(history.version(at[i])) || (older[i] && !(isWrite && kept[i])));
            kept[i] &= !lost[i];
        }
    }

    private boolean showsWhatRedisHas(int operation) {
        return history.kind(operation).isRead()
                && history.outcome(operation) == Outcome.APPLIED
                && history.tier(operation) == Tier.REMOTE
                && !history.stale(operation);
    }

    /** Reads of Redis after a failover tell what the new master has of what was written during it. */
    private void judgeBy(int read, boolean[] older) {
        long version = history.version(read);
        int write = version == Operation.ABSENT ? -1 : writeOf(version);
        if (write >= 0 && failoverEnd[write] <= history.start(read)) {
            kept[write] = true;
        }
        for (int i = begunBy(history.start(read)); i > Math.max(write, -1); i--) {
            if (!duringFailover(i) && isSure(i) && history.end(at[i]) < history.start(read)) {
                break; // whatever came before it is no longer to be seen
            }
            if (!duringFailover(i) || settledBy(i) > history.start(read)) {
                continue;
            }
            if (write >= 0) {
                older[i] = true;
            } else if (version == Operation.ABSENT && isDelete(i)) {
                kept[i] |= !mayHaveEnded(nothingLostBefore(i), history.end(read));
            }
        }
    }

    /** The newest change before this one that no failover can have lost; 0 if there is none. */
    private int nothingLostBefore(int change) {
        int before = change - 1;
        while (before > 0 && (duringFailover(before) || !isSure(before))) {
            before--;
        }
        return Math.max(before, 0);
    }

    private void findTops() {
        Map<Integer, Integer> next = new HashMap<>();
        for (int i = at.length - 1; i >= 0; i--) {
            int process = history.process(at[i]);
            if (isSure(i)) {
                top[i] = i;
                next.put(process, i);
            } else {
                boolean endless = options.isLate(process) || !next.containsKey(process);
                top[i] = endless ? Integer.MAX_VALUE - 1 : next.getOrDefault(process, 0) - 1;
            }
        }
    }

    private long acceptedBy(int change) {
        if (!isSure(change) || lost[change]) {
            return NEVER_ENDED;
        }
        if (!duringFailover(change)) {
            return history.end(at[change]);
        }
        return kept[change] ? settledBy(change) : NEVER_ENDED;
    }

    /** When both a change and the failover during which it was made were over. */
    private long settledBy(int change) {
        return Math.max(failoverEnd[change], history.end(at[change]));
    }

    private void findAccepted() {
        int n = at.length;
        nextAccepted[n] = n;
        for (int i = n - 1; i >= 0; i--) {
            acceptedBy[i] = acceptedBy(i);
            nextAccepted[i] = acceptedBy[i] != NEVER_ENDED ? i : nextAccepted[i + 1];
        }
    }

    private void findDeletesAndMortals() {
        int n = at.length;
        nextDelete[n] = n;
        for (int i = n - 1; i >= 0; i--) {
            nextDelete[i] = isDelete(i) ? i : nextDelete[i + 1];
        }
        int delete = -1;
        int mortal = -1;
        for (int i = 0; i < n; i++) {
            if (isDelete(i)) {
                delete = Math.max(delete, top[i]);
            } else if (!isSure(i) && !failed(i) && (history.lifeMillis(at[i]) > 0 || expires[i].length > 0)) {
                mortal = Math.max(mortal, top[i]);
            }
            highestDelete[i] = delete;
            highestMortalUnknown[i] = mortal;
        }
    }

    private boolean isDelete(int change) {
        return history.kind(at[change]) == Kind.DELETE && !failed(change);
    }

    private void findOwn(int[] all) {
        long[] from = new long[at.length];
        for (int i = 0; i < at.length; i++) {
            boolean queued = history.outcome(at[i]) == Outcome.QUEUED && !duringFailover(i);
            from[i] = queued ? history.end(at[i]) : acceptedBy[i];
        }
        List<Integer> processes =
                Arrays.stream(at).mapToObj(history::process).distinct().toList();
        for (int process : processes) {
            int[] mine = Arrays.stream(all)
                    .filter(i -> history.process(at[i]) == process)
                    .toArray();
            own.put(process, new Floors(mine, from));
        }
    }
}
