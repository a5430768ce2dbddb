package io.cacheservice.testkit.history;

import io.cacheservice.testkit.history.Operation.Kind;
import io.cacheservice.testkit.history.Operation.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Violations in words. Times are seconds since the history began. */
final class Words {
    private final long beginNanos;
    private final Duration bound;

    Words(long beginNanos, Duration bound) {
        this.beginNanos = beginNanos;
        this.bound = bound;
    }

    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }

    Violation nobody(Operation read) {
        return new Violation(Rule.WRITTEN_BY_SOMEBODY, List.of(read), found(read) + ", which nobody wrote" + by(read));
    }

    Violation future(Operation read, Operation write) {
        String words = found(read) + " and was answered at " + at(read.endNanos()) + ", "
                + seconds(write.startNanos() - read.endNanos())
                + " before " + who(write) + " began to write it at " + at(write.startNanos()) + by(read);
        return new Violation(Rule.NOT_FROM_THE_FUTURE, List.of(read, write), words);
    }

    Violation own(Operation read, Operation change) {
        String words = found(read) + ", " + since(read, change.endNanos()) + " its own " + what(change)
                + (change.outcome() == Outcome.QUEUED ? " was queued at " : " had returned at ")
                + at(change.endNanos()) + by(read);
        return new Violation(Rule.OWN_WRITES, List.of(read, change), words);
    }

    Violation old(Operation read, Operation change, long acceptedByNanos) {
        String accepted = acceptedByNanos > change.endNanos()
                ? " was accepted at " + at(change.endNanos()) + ", in a failover that was over at "
                        + at(acceptedByNanos)
                : " was accepted at " + at(acceptedByNanos);
        String words = found(read) + ", " + since(read, acceptedByNanos) + " " + who(change) + "'s " + what(change)
                + accepted + bound() + by(read);
        return new Violation(Rule.BOUNDED_STALENESS, List.of(read, change), words);
    }

    Violation flushed(Operation read, Operation write, Interval flush) {
        String words = found(read) + ", " + since(read, flush.endNanos()) + " all keys had been flushed, from "
                + at(flush.startNanos()) + " to " + at(flush.endNanos()) + bound() + by(read);
        return new Violation(Rule.BOUNDED_STALENESS, List.of(read, write), words);
    }

    Violation lost(Operation read, Operation write, long lostSinceNanos) {
        String words = found(read) + ", " + since(read, lostSinceNanos) + " the failover was over, at "
                + at(lostSinceNanos) + ", that had lost it" + bound() + by(read);
        return new Violation(Rule.BOUNDED_STALENESS, List.of(read, write), words);
    }

    Violation ended(Operation read, Operation write, Operation endedBy, long endNanos) {
        String deed = endedBy.kind() == Kind.EXPIRE ? " gave it a life of " : " wrote it for a life of ";
        String words = found(read) + ", " + since(read, endNanos) + " its life had ended at " + at(endNanos)
                + " at the latest; " + who(endedBy) + deed + endedBy.lifeMillis() + " ms at "
                + at(endedBy.startNanos()) + bound() + by(read);
        return new Violation(
                Rule.EXPIRY, endedBy.equals(write) ? List.of(read, write) : List.of(read, write, endedBy), words);
    }

    Violation back(Operation read, Operation before, Operation change) {
        String words = found(read) + ", " + since(read, before.endNanos()) + " it had read " + version(before) + " at "
                + at(before.startNanos()) + by(before) + ", that is " + who(change) + "'s " + what(change) + "; now"
                + by(read).substring(1);
        return new Violation(Rule.MONOTONIC_READS, List.of(read, before, change), words);
    }

    Violation disagree(Operation read, Operation other) {
        String words = found(read) + by(read) + ", and process " + other.process() + " read " + version(other) + " at "
                + at(other.startNanos()) + by(other) + ", when all writes had ended";
        return new Violation(Rule.AGREEMENT, List.of(read, other), words);
    }

    Violation twoLoads(Rule rule, Operation load, Operation first) {
        String words = "process " + load.process() + " began to load " + load.key() + " at " + at(load.startNanos())
                + ", "
                + seconds(load.startNanos() - first.startNanos()) + " after " + who(first) + " had, which ended at "
                + at(first.endNanos()) + "; both found " + version(load);
        return new Violation(rule, List.of(load, first), words);
    }

    private String found(Operation read) {
        return "process " + read.process() + " read " + read.key() + " = " + version(read) + " at "
                + at(read.startNanos());
    }

    private static String version(Operation read) {
        return read.version() == Operation.ABSENT ? "nothing" : "v" + read.version();
    }

    private static String who(Operation change) {
        return "process " + change.process();
    }

    private static String what(Operation change) {
        return switch (change.kind()) {
            case DELETE -> "delete, v" + change.version() + ",";
            case CHANGE -> "invalidation after v" + change.version() + " was written to the source";
            case REMOVE -> "invalidation after its removal from the source, v" + change.version() + ",";
            default -> "write of v" + change.version();
        };
    }

    private String since(Operation read, long nanos) {
        return seconds(read.startNanos() - nanos) + " after";
    }

    private String bound() {
        return " (bound " + seconds(bound.toNanos()) + ")";
    }

    private static String by(Operation read) {
        return "; answered by " + (read.tier() == null ? "an unknown tier" : read.tier());
    }

    private String at(long nanos) {
        return seconds(nanos - beginNanos);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f s", nanos / 1e9);
    }
}
