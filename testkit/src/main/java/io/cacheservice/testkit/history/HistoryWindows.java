package io.cacheservice.testkit.history;

import io.cacheservice.testkit.history.CheckOptions.Part;
import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges the histories of several processes while these go on, part by part, so that a day of them takes no more memory than some
 * minutes. For keys that are loaded, whose reads are judged by the changes of the key alone and not by each other.
 *
 * <p><b>Why a part can be judged.</b> A read is judged by the changes that had begun when it ended, and each of these has written
 * that it begins before it calls anything. So what ended by some moment can be judged when the files are read after it: what
 * a file does not tell yet has had no effect on it. A change that is still under way counts as not known, as it does in a
 * whole history where it raises no floor before its end. Where the end of a change is written later than it was, as by a process
 * that is stopped between the two, reads of the part are judged more mildly than by the whole; never more strictly.
 *
 * <p><b>What may be forgotten.</b> Let a change have been accepted, with no failover on, longer ago than reads take and the
 * bound together. Then nobody may read anything older than it any more: an older version is a violation whether or not it is
 * remembered who wrote it. So of each key the newest such change is kept and what follows it; and the first change or
 * invalidation of which it is not known whether it took effect, which excuses all later loads. Loads are kept as long, since a
 * longer one that overlaps may end later. Reads are forgotten at once.
 *
 * <p>A forgotten version that is read after all is told as one that nobody wrote. An answer that is marked as stale must not
 * be older than what is kept; the whole of a history would allow that. An invalidation that a failover lost is counted in each part
 * that shows it. Of loads that overlap, parts may show more than the whole, which holds each against the longest of another process
 * only.
 *
 * <p>For one thread.
 */
public final class HistoryWindows {
    private final long memoryNanos;
    private final Map<Path, FollowedHistory> followed = new LinkedHashMap<>();
    private final Map<String, List<Operation>> changes = new HashMap<>();
    private final List<Operation> loads = new ArrayList<>();
    private final List<Operation> waiting = new ArrayList<>();
    private @Nullable Long beginNanos;

    /** @param memory longer than any call or stale answer may take, the bound, and a load of any process together */
    public HistoryWindows(Duration memory) {
        memoryNanos = memory.toNanos();
    }

    /**
     * Judges what is new in the histories.
     *
     * @param files all of them; later also others
     * @param checker with all that is to be excused so far
     * @param untilNanos what ended later is judged the next time; not after now, and best so long before that whoever had an
     *     answer by then has written it
     * @throws IOException when a file cannot be read, or has a line that is no operation
     * @throws IllegalArgumentException when a key is written otherwise than through its source
     */
    public HistoryReport next(Collection<Path> files, HistoryChecker.Builder checker, long untilNanos)
            throws IOException {
        for (Path file : files) {
            followed.computeIfAbsent(file, path -> new FollowedHistory(path, this::add))
                    .read();
        }
        History window = new History();
        changes.values().forEach(some -> some.forEach(window::add));
        followed.values().forEach(history -> history.begun().forEach(window::add));
        loads.forEach(window::add);
        Part part = new Part(window.size(), beginNanos);
        List<Operation> later = new ArrayList<>();
        for (Operation operation : waiting) {
            if (operation.endNanos() > untilNanos) {
                later.add(operation);
            } else {
                window.add(operation);
                if (operation.kind() == Kind.LOAD) {
                    loads.add(operation);
                }
            }
        }
        waiting.clear();
        waiting.addAll(later);
        HistoryChecker judge = checker.part(part).build();
        HistoryReport report = judge.check(window);
        forget(untilNanos - memoryNanos, judge);
        return report;
    }

    /** How many operations are remembered. */
    public long remembered() {
        return loads.size()
                + waiting.size()
                + changes.values().stream().mapToLong(List::size).sum();
    }

    private void add(Operation operation) {
        if (beginNanos == null) {
            beginNanos = operation.startNanos();
        }
        switch (operation.kind()) {
            case READ, FINAL_READ, LOAD -> waiting.add(operation);
            case CHANGE, REMOVE, INVALIDATE ->
                changes.computeIfAbsent(operation.key(), key -> new ArrayList<>())
                        .add(operation);
            case FLUSH -> {
                // Redis forgets, the source does not.
            }
            case WRITE, DELETE, EXPIRE ->
                throw new IllegalArgumentException(
                        operation + " is of a key that is not loaded: judge such a history as a whole");
        }
    }

    private void forget(long beforeNanos, HistoryChecker judge) {
        loads.removeIf(load -> load.endNanos() < beforeNanos);
        changes.values().forEach(some -> {
            long newest = Long.MIN_VALUE;
            Operation unknown = null;
            for (Operation change : some) {
                if (change.kind() != Kind.INVALIDATE && change.endNanos() < beforeNanos && judge.isSure(change)) {
                    newest = Math.max(newest, change.startNanos());
                }
                boolean isFirst = unknown == null || change.startNanos() < unknown.startNanos();
                if (change.outcome() != Outcome.APPLIED && isFirst) {
                    unknown = change;
                }
            }
            long keptFrom = newest;
            Operation excuse = unknown;
            some.removeIf(change ->
                    change.startNanos() < keptFrom && change.endNanos() < beforeNanos && !change.equals(excuse));
        });
    }
}
