package io.cacheservice.redis;

import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.redis.internal.server.Refusal;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A lane could not be opened: what to tell the user, and whether trying again can help. */
final class OpeningFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CacheException told;
    private final boolean lasting;

    private OpeningFailure(CacheException told, boolean lasting) {
        super(told);
        this.told = told;
        this.lasting = lasting;
    }

    static OpeningFailure tooSlow(String where, long connectNanos) {
        return unreachable(
                where, "it did not answer within connectTimeout = " + Failures.millis(connectNanos) + " ms", null);
    }

    /** Told from what the driver or a step of the opening threw. */
    static OpeningFailure of(String where, Throwable failure) {
        Throwable telling = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OpeningFailure known) {
                return known;
            }
            if (cause instanceof CacheConfigException wrong) {
                return new OpeningFailure(wrong, true);
            }
            if (cause instanceof RedisCommandExecutionException) {
                return refused(where, "this client", String.valueOf(cause.getMessage()));
            }
            if (cause instanceof SSLException && !isOfTheNetwork(cause)) {
                return tlsFailed(where, cause);
            }
            if (!(cause instanceof CompletionException) && !(cause instanceof RedisException)) {
                telling = cause;
            }
        }
        String reason = telling instanceof UnknownHostException
                ? "the host name is not known"
                : Objects.requireNonNullElse(
                        telling.getMessage(), telling.getClass().getSimpleName());
        return unreachable(where, reason, telling);
    }

    /** Whether TLS reports what befell the connection beneath it. */
    private static boolean isOfTheNetwork(Throwable tls) {
        Throwable cause = tls.getCause();
        return tls instanceof SslHandshakeTimeoutException
                || (cause instanceof IOException && !(cause instanceof SSLException));
    }

    static OpeningFailure refused(String where, String name, String error) {
        Refusal refusal = Refusal.of(error);
        // a server that answers in words is not away, and what it says does not pass by itself as far as anybody knows
        return new OpeningFailure(
                Failures.refused(where, name, error, false), refusal.isLasting() || refusal == Refusal.OTHER);
    }

    static OpeningFailure notMaster(String where) {
        return new OpeningFailure(
                new CacheConnectionException(
                        where
                                + " says that it is a replica, though it was named as the master: a failover is under way, or"
                                + " the Sentinels are wrong. The service keeps asking them",
                        FailedOutcome.NOT_APPLIED),
                false);
    }

    private static OpeningFailure tlsFailed(String where, Throwable cause) {
        return new OpeningFailure(
                new CacheConnectionException(
                        "cannot connect to " + where + ": the TLS handshake failed (" + cause.getMessage()
                                + "). Does that port speak TLS, does tlsCaFile hold the certificate of its authority, does"
                                + " its certificate name the host (else set tlsVerifyHostname = false), and does it ask for"
                                + " a client certificate (tlsCertFile and tlsKeyFile)?",
                        FailedOutcome.NOT_APPLIED,
                        cause),
                true);
    }

    private static OpeningFailure unreachable(String where, String reason, @Nullable Throwable cause) {
        return new OpeningFailure(
                new CacheConnectionException(
                        "cannot connect to " + where + ": " + reason
                                + ". Is Redis running there, are host and port right, and does nothing in between drop"
                                + " packets?",
                        FailedOutcome.NOT_APPLIED,
                        cause),
                false);
    }

    /** What stops the start. */
    CacheException told() {
        return told;
    }

    /** What a call gets that found no connection for this reason: a fresh one each time, and always that nothing was sent. */
    CacheConnectionException refusal() {
        return new CacheConnectionException(
                String.valueOf(told.getMessage()), FailedOutcome.NOT_APPLIED, told.getCause());
    }

    /** Whether trying again is of no use until the configuration is changed, here or on the server. */
    boolean isLasting() {
        return lasting;
    }
}
