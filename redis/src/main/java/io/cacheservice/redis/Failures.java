package io.cacheservice.redis;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.redis.internal.server.Refusal;
import org.jspecify.annotations.Nullable;

/** The words of every failure: what failed, why, and what helps. No value and no secret reaches a message. */
final class Failures {
    private Failures() {}

    static CacheException tooManyPending(String where, int maxPending) {
        return new CacheConnectionException(
                "refused: " + maxPending + " requests already wait for an answer of " + where + ", which is maxPending."
                        + " Redis or the network is too slow for the load: send less, or raise maxPending or poolSize",
                FailedOutcome.NOT_APPLIED);
    }

    static CacheException tooManyPendingBytes(String where, long maxBytes) {
        return new CacheConnectionException(
                "refused: values of " + maxBytes + " bytes already wait to be written to " + where
                        + ", as many as maxPending allows whatever their number. Redis or the network is too slow for"
                        + " the load: send less or smaller values, or give the process more heap",
                FailedOutcome.NOT_APPLIED);
    }

    static CacheException leftAlone(String where) {
        return new CacheConnectionException(
                "refused: " + where + " does not answer in time and is left alone until it does. Nothing was sent; the"
                        + " setting breakerPause says for how long",
                FailedOutcome.NOT_APPLIED);
    }

    static CacheException timedOut(String where, Request<?> request, Budgets budgets) {
        Access access = request.access();
        boolean unknown = request.isSent() && access == Access.WRITE;
        String what = request.isSent()
                ? request.name() + " got no answer of " + where
                : request.name() + " could not be sent to " + where;
        String outcome = unknown ? ". It was sent and may have been applied" : ". Nothing was applied";
        return new CacheTimeoutException(
                what + " within " + access.setting() + " = " + millis(budgets.nanos(access)) + " ms" + outcome
                        + ". If Redis is well, raise " + access.setting(),
                unknown ? FailedOutcome.UNKNOWN : FailedOutcome.NOT_APPLIED);
    }

    static CacheException lost(String where, String name, FailedOutcome outcome, @Nullable Throwable cause) {
        String effect = outcome == FailedOutcome.UNKNOWN ? "it may have been applied" : "nothing was applied";
        return new CacheConnectionException(
                "the connection to " + where + " was lost before " + name + " was answered: " + effect
                        + ". A new connection is being opened",
                outcome,
                cause);
    }

    static CacheException notConnected(String where, String reason) {
        return new CacheConnectionException(
                "no connection to " + where + ": " + reason + ". Nothing was sent; the service keeps trying to connect",
                FailedOutcome.NOT_APPLIED);
    }

    static CacheException closed() {
        return new CacheClosedException("the service is closed");
    }

    static CacheException unexpectedReply(String where, String name, @Nullable Throwable cause) {
        return new CacheException(
                where + " answered " + name + " with a reply that this command does not have. Is it a Redis or Valkey?",
                cause);
    }

    /** What an error reply means for the caller. */
    static CacheException refused(String where, String name, String error) {
        return refused(where, name, error, Refusal.of(error) == Refusal.NOPERM);
    }

    /** @param lasting whether the operation must not be kept for later; never true of an opening, which is tried again */
    static CacheException refused(String where, String name, String error, boolean lasting) {
        Refusal refusal = Refusal.of(error);
        String message = where + " refused " + name + ": " + refusal.reason() + " (\"" + Refusal.withoutArguments(error)
                + "\"). Remedy: " + refusal.remedy();
        return switch (refusal) {
            case OOM -> new CacheMemoryException(message);
            case WRONGTYPE, OTHER -> new CacheException(message);
            default -> new CacheConnectionException(message, FailedOutcome.NOT_APPLIED, null, lasting);
        };
    }

    static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
