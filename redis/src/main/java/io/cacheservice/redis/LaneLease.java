package io.cacheservice.redis;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A lease of one key, which belongs to the lane that carried the request for it. */
final class LaneLease implements Lease {
    private static final long CLEARING_PAUSE_MILLIS = 250;

    private final Dispatch dispatch;
    private final byte[] key;
    private final LeaseCalls calls;
    private final long leaseNanos;
    private final AtomicBoolean clearing = new AtomicBoolean();
    private volatile @Nullable LeaseRequest asked;

    /** @param leaseMillis how long its placeholder stands */
    LaneLease(Dispatch dispatch, byte[] key, LeaseCalls calls, long leaseMillis) {
        this.dispatch = dispatch;
        this.key = key;
        this.calls = calls;
        this.leaseNanos = TimeUnit.MILLISECONDS.toNanos(leaseMillis);
    }

    @Override
    public CompletableFuture<LeaseAnswer> take() {
        LeaseRequest request = new LeaseRequest(dispatch, key, calls.take());
        asked = request;
        var unused = request.whenComplete((answer, failure) -> {
            if (failure != null && request.isSent() && isLost(request, failure)) {
                clearAway();
            }
        });
        return dispatch.send(request);
    }

    @Override
    public CompletableFuture<Boolean> fill(byte[] value, long pxMillis) {
        // a placeholder that stays would make others wait for nothing
        ScriptCall whenMemoryIsShort = calls.release(null, 0);
        return send(new BoundRequest<>(
                dispatch, taken(), calls.fill(value, pxMillis), whenMemoryIsShort, filled -> filled));
    }

    @Override
    @SuppressWarnings("NullAway") // the checker does not see that the answer is nullable here
    public CompletableFuture<@Nullable Void> release(byte @Nullable [] marker, long markerMillis) {
        return send(new BoundRequest<@Nullable Void>(
                dispatch, taken(), calls.release(marker, markerMillis), null, released -> null));
    }

    private <T extends @Nullable Object> CompletableFuture<T> send(BoundRequest<T> request) {
        LeaseRequest taken = taken();
        var unused = taken.whenComplete((answer, failure) -> {
            if (taken.mayBeGranted(answer)) {
                var unusedEnd = request.whenComplete((done, lost) -> {
                    if (isLost(taken, lost)) {
                        clearAway();
                    }
                });
                dispatch.send(request, taken);
            } else {
                request.answerVoid();
            }
        });
        return request;
    }

    /** A request may hear of it before its lane does. */
    private static boolean isLost(LeaseRequest taken, @Nullable Throwable failure) {
        return failure instanceof CacheConnectionException || taken.lane().isEnding();
    }

    /**
     * The connection is lost, so it can never be filled, and others would wait for it until its time is up. Its placeholder is
     * removed over whatever connection there is; nothing else can be, since no other bytes are equal to it.
     */
    private void clearAway() {
        if (clearing.compareAndSet(false, true)) {
            clearAway(dispatch.time().nanoTime() + leaseNanos);
        }
    }

    private void clearAway(long untilNanos) {
        var unused = dispatch.send(new Clearing(dispatch, key, calls.release(null, 0)))
                .whenComplete((done, failure) -> {
                    boolean again = failure != null
                            && !(failure instanceof CacheClosedException)
                            && dispatch.time().nanoTime() - untilNanos < 0;
                    if (again) {
                        CompletableFuture.delayedExecutor(CLEARING_PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                                .execute(() -> clearAway(untilNanos));
                    }
                });
    }

    private static final class Clearing extends ScriptRequest<Boolean> {
        Clearing(Dispatch dispatch, byte[] key, ScriptCall call) {
            super(dispatch, key, call);
        }

        @Override
        Boolean read(List<Object> reply) {
            return true;
        }
    }

    private LeaseRequest taken() {
        LeaseRequest taken = asked;
        if (taken == null) {
            throw new IllegalStateException(
                    "a lease is filled or released before it was asked for: take() comes first");
        }
        return taken;
    }
}
