package io.cacheservice.redis;

import io.cacheservice.TimeSource;
import io.cacheservice.redis.internal.server.Refusal;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows in which of its lives a server is, and what it may have forgotten since the last one ({@code
 * docs/decisions/0014-losses.md}): with an append-only file the end of its log, without one all that was written since its
 * last snapshot. A server that comes back with nothing has nothing that is old.
 *
 * <p>A lease is filled over the connection that took it. So leases of before this life, or of before this server took over, are
 * dead, and nobody waits for them: those that are older than the time since it was met, and as long as others may have met it
 * sooner.
 *
 * <p>Each connection asks before it is used, until one has found out; being told twice does no harm. Safe for use by many
 * threads.
 */
final class ServerLife {
    private static final Pattern LOGGED = Pattern.compile("(?m)^aof_enabled:1\\b");

    private final Tracking tracking;
    private final boolean clears;
    private final boolean tookOver;
    private final TimeSource time;
    private volatile @Nullable String known;
    private volatile boolean followsAnother;
    private volatile long metAtNanos;

    /**
     * Of a server that nobody has met yet.
     *
     * @param clears whether data of unknown age is not to be believed
     * @param tookOver whether others had its keys before
     */
    ServerLife(Tracking tracking, boolean clears, boolean tookOver, TimeSource time) {
        this.tracking = tracking;
        this.clears = clears;
        this.tookOver = tookOver;
        this.time = time;
    }

    /** How old a lease is at most that its holder can still fill; empty: however old. */
    OptionalLong oldestLeaseMillis() {
        return followsAnother
                ? OptionalLong.of(Failures.millis(time.nanoTime() - metAtNanos) + Backoff.CAP_MILLIS)
                : OptionalLong.empty();
    }

    /**
     * A connection was made to it.
     *
     * @param runId of its life; null: it would not say
     * @return completed when who must know has been told
     */
    CompletionStage<?> met(Lane lane, String where, @Nullable String runId) {
        String before = known;
        if (runId == null || runId.equals(before)) {
            return CompletableFuture.completedFuture(null);
        }
        if (before == null) {
            if (tookOver) {
                begins();
            }
            known = runId;
            return CompletableFuture.completedFuture(null);
        }
        return size(lane, where).thenCombine(isLogged(lane, where), (size, logged) -> {
            tell(size, logged);
            begins();
            known = runId;
            return size;
        });
    }

    private void begins() {
        metAtNanos = time.nanoTime();
        followsAnother = true;
    }

    private void tell(long size, boolean logged) {
        if (size == 0) {
            return;
        }
        if (logged || !clears) {
            tracking.losses().lostLatest(key -> true);
        } else {
            tracking.losses().cameBackOld();
        }
    }

    /** One that may not be asked is not empty. */
    private static CompletionStage<Long> size(Lane lane, String where) {
        return SetupRequest.send(
                        lane,
                        where,
                        "DBSIZE",
                        CommandType.DBSIZE,
                        new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                        Request.args())
                .handle((size, failure) -> unlessRefused(where, "DBSIZE", failure, 1L, () -> size == null ? 1L : size));
    }

    /** One that may not be asked has no log. */
    private static CompletionStage<Boolean> isLogged(Lane lane, String where) {
        return SetupRequest.send(
                        lane,
                        where,
                        "INFO persistence",
                        CommandType.INFO,
                        new ByteArrayOutput<>(ByteArrayCodec.INSTANCE),
                        Request.args().add("persistence"))
                .handle((info, failure) -> unlessRefused(
                        where,
                        "INFO",
                        failure,
                        false,
                        () -> info != null
                                && LOGGED.matcher(new String(info, StandardCharsets.UTF_8))
                                        .find()));
    }

    private static <T> T unlessRefused(
            String where, String command, @Nullable Throwable failure, T ifForbidden, Supplier<T> answer) {
        if (failure == null) {
            return answer.get();
        }
        String error = SetupRequest.refusal(failure);
        if (error != null && Refusal.isForbidden(error)) {
            return ifForbidden;
        }
        throw error == null ? OpeningFailure.of(where, failure) : OpeningFailure.refused(where, command, error);
    }
}
