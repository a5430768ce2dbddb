package io.cacheservice.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a lane has sent and that have not all their replies yet, so that the time of each ends in time and the
 * lane's death leaves nobody waiting. Belongs to the lane's event loop.
 *
 * <p>All of one kind have the same budget, so each kind is a row in which the oldest is the first whose time is up: to look
 * at the heads is enough. Requests that another server sent here are older than what is around them, and few; they are looked
 * at one by one.
 */
final class Unanswered {
    /** So that many whose times are up one after the other are looked at together. */
    private static final long LEAST_LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private final Map<Access, ArrayDeque<Request<?>>> rows = new EnumMap<>(Access.class);
    private final ArrayDeque<Request<?>> redirected = new ArrayDeque<>();

    Unanswered() {
        for (Access access : Access.values()) {
            rows.put(access, new ArrayDeque<>());
        }
    }

    private ArrayDeque<Request<?>> row(Request<?> request) {
        return request.isRedirected() ? redirected : Objects.requireNonNull(rows.get(request.access()));
    }

    void add(Request<?> request) {
        row(request).addLast(request);
    }

    /** All its replies have come. One that needed several steps may end before older ones; it goes when they have gone. */
    void settled(Request<?> request) {
        ArrayDeque<Request<?>> row = row(request);
        if (row == redirected) {
            row.remove(request);
            return;
        }
        Request<?> oldest = row.peekFirst();
        while (oldest != null && (oldest == request || oldest.isDone())) {
            row.pollFirst();
            oldest = row.peekFirst();
        }
    }

    /** It goes on elsewhere: wherever it stands, this lane's end must not fail what another lane carries. */
    void forget(Request<?> request) {
        row(request).remove(request);
    }

    /**
     * In how long the time of the oldest is to be looked at: when it is up, as it mostly is for none, but after {@code mostNanos}
     * at the latest.
     */
    long nextLookNanos(long nowNanos, long mostNanos) {
        long soonest = mostNanos;
        for (ArrayDeque<Request<?>> row : rows.values()) {
            Request<?> oldest = row.peekFirst();
            if (oldest != null && oldest.access() != Access.SETUP) {
                soonest = Math.min(soonest, oldest.deadlineNanos() - nowNanos);
            }
        }
        return Math.max(soonest, Math.min(LEAST_LOOK_NANOS, mostNanos));
    }

    /** Lets go of those that {@code isOver}, which ends the ones whose time is up and says whether one has ended. */
    void expire(Predicate<Request<?>> isOver) {
        for (ArrayDeque<Request<?>> row : rows.values()) {
            @Nullable Request<?> oldest = row.peekFirst();
            while (oldest != null && isOver.test(oldest)) {
                row.pollFirst();
                oldest = row.peekFirst();
            }
        }
        redirected.removeIf(isOver);
    }

    /** Lets go of all. */
    void endAll(Consumer<Request<?>> ending) {
        rows.values().forEach(row -> endAll(row, ending));
        endAll(redirected, ending);
    }

    private static void endAll(ArrayDeque<Request<?>> row, Consumer<Request<?>> ending) {
        row.forEach(ending);
        row.clear();
    }
}
