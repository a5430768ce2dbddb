package io.cacheservice.testkit.history;

import io.cacheservice.Tier;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of one thread, from before it began until after it ended.
 *
 * <p>Times are readings of {@link System#nanoTime()}. On Linux that is one clock for all processes of a machine, so that the
 * histories of several JVMs can be joined. Immutable.
 *
 * @param process who called: a cache service, or a foreign client; a JVM may be several
 * @param thread who called inside of it; a thread does one thing at a time
 * @param kind what was called
 * @param key under which key; empty for a flush, which is for all of them
 * @param version what a write or delete put there or a change into the source, or an expire was meant for: positive, and
 *     rising from one of them to the next of the same key; what a read or a load found, or {@link #ABSENT}; for anything
 *     else {@link #ABSENT}
 * @param lifeMillis how long a write or an expire lets the value live, or a load may take, rounded up; {@link #FOR_EVER} if it
 *     does not end
 * @param startNanos when it began
 * @param endNanos when its answer was there, or {@link #NEVER_ENDED}
 * @param tier who answered; null when that is not known
 * @param outcome what is known of its effect
 * @param stale whether the answer was marked as perhaps stale, as a policy or a call allowed
 */
public record Operation(
        int process,
        int thread,
        Kind kind,
        String key,
        long version,
        long lifeMillis,
        long startNanos,
        long endNanos,
        @Nullable Tier tier,
        Outcome outcome,
        boolean stale) {
    /** The version of a key that is not there. */
    public static final long ABSENT = 0;

    /** The life of a value that does not end by itself. */
    public static final long FOR_EVER = 0;

    /** The end of a call whose answer nobody saw, since its process was killed. */
    public static final long NEVER_ENDED = Long.MAX_VALUE;

    /** What was called. */
    public enum Kind {
        /** Looked what is there. */
        READ,
        /** As {@link #READ}, when all writes had ended long before: all such reads of a key must agree. */
        FINAL_READ,
        /** Put a new version there. */
        WRITE,
        /** Removed what was there, which is a version too. */
        DELETE,
        /** Gave the version that is there another life. */
        EXPIRE,
        /** Removed all keys. */
        FLUSH,
        /** Changed what the source has, and then invalidated what was cached of it. */
        CHANGE,
        /** As {@link #CHANGE}, to nothing: the source has it no more. */
        REMOVE,
        /** Invalidated what was cached, the source being as it was: by a tag that the key shares with another, for example. */
        INVALIDATE,
        /** Asked the source: one call of a loader, for one of its keys. */
        LOAD;

        boolean isRead() {
            return this == READ || this == FINAL_READ;
        }

        /** Whether it only looks. */
        boolean changesNothing() {
            return isRead() || this == LOAD;
        }

        /** Whether it is a change of the source. */
        boolean changesSource() {
            return this == CHANGE || this == REMOVE;
        }
    }

    /** What is known of an operation's effect. */
    public enum Outcome {
        /** A read or load was answered; anything else has taken effect between its start and its end. */
        APPLIED,
        /** It will take effect later; its own process behaves as if it had. */
        QUEUED,
        /** It may have taken effect, or may do so later, or never. */
        UNKNOWN,
        /** It has not taken effect and will not. */
        FAILED
    }

    /**
     * @throws IllegalArgumentException when it ends before it starts, a number is out of its range, or the version does not
     *     fit the kind
     */
    public Operation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(outcome, "outcome");
        require(process >= 0 && process <= Short.MAX_VALUE, "process", process, "0 to " + Short.MAX_VALUE);
        require(thread >= 0 && thread <= Short.MAX_VALUE, "thread", thread, "0 to " + Short.MAX_VALUE);
        require(lifeMillis >= 0, "lifeMillis", lifeMillis, "0 or more");
        require(endNanos >= startNanos, "endNanos", endNanos, "not before the start, " + startNanos);
        boolean names = !kind.changesNothing() && kind != Kind.FLUSH && kind != Kind.INVALIDATE;
        require(names ? version > 0 : version >= 0, "version", version, names ? "1 or more" : "0 or more");
    }

    /** A read that was answered. */
    public static Operation read(int process, String key, long version, long startNanos, long endNanos, Tier tier) {
        return of(process, Kind.READ, key, version, startNanos, endNanos, tier);
    }

    /** A read after the end of all writes. */
    public static Operation finalRead(int process, String key, long version, long startNanos, long endNanos) {
        return of(process, Kind.FINAL_READ, key, version, startNanos, endNanos, null);
    }

    /** A write that was accepted, of a value without an end. */
    public static Operation write(int process, String key, long version, long startNanos, long endNanos) {
        return of(process, Kind.WRITE, key, version, startNanos, endNanos, null);
    }

    /** A delete that was accepted. */
    public static Operation delete(int process, String key, long version, long startNanos, long endNanos) {
        return of(process, Kind.DELETE, key, version, startNanos, endNanos, null);
    }

    /** A change of the life of the version that is there. */
    public static Operation expire(
            int process, String key, long version, Duration life, long startNanos, long endNanos) {
        return of(process, Kind.EXPIRE, key, version, startNanos, endNanos, null)
                .withLife(life);
    }

    /** A removal of all keys, from the first to the last of them. */
    public static Operation flush(int process, long startNanos, long endNanos) {
        return of(process, Kind.FLUSH, "", ABSENT, startNanos, endNanos, null);
    }

    /** A change of the source, and the invalidation after it, which was accepted. */
    public static Operation change(int process, String key, long version, long startNanos, long endNanos) {
        return of(process, Kind.CHANGE, key, version, startNanos, endNanos, null);
    }

    /** A removal from the source, and the invalidation after it, which was accepted. */
    public static Operation remove(int process, String key, long version, long startNanos, long endNanos) {
        return of(process, Kind.REMOVE, key, version, startNanos, endNanos, null);
    }

    /** An invalidation without a change of the source. */
    public static Operation invalidate(int process, String key, long startNanos, long endNanos) {
        return of(process, Kind.INVALIDATE, key, ABSENT, startNanos, endNanos, null);
    }

    /** A loader's call that was answered. */
    public static Operation load(int process, String key, long version, long startNanos, long endNanos) {
        return of(process, Kind.LOAD, key, version, startNanos, endNanos, Tier.SOURCE);
    }

    /** This operation with a life for the value. */
    public Operation withLife(Duration life) {
        return new Operation(
                process, thread, kind, key, version, life.toMillis(), startNanos, endNanos, tier, outcome, stale);
    }

    /** This operation with another outcome. */
    public Operation withOutcome(Outcome known) {
        return new Operation(process, thread, kind, key, version, lifeMillis, startNanos, endNanos, tier, known, stale);
    }

    /** This operation with an answer that was marked as perhaps stale. */
    public Operation markedStale() {
        return new Operation(
                process, thread, kind, key, version, lifeMillis, startNanos, endNanos, tier, outcome, true);
    }

    /** This operation with another version. */
    Operation withVersion(long other) {
        return new Operation(process, thread, kind, key, other, lifeMillis, startNanos, endNanos, tier, outcome, stale);
    }

    private static Operation of(
            int process, Kind kind, String key, long version, long start, long end, @Nullable Tier tier) {
        return new Operation(process, 0, kind, key, version, FOR_EVER, start, end, tier, Outcome.APPLIED, false);
    }

    private static void require(boolean holds, String name, long value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ": expected " + expected);
        }
    }
}
