package io.cacheservice.redis;

import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A lease of one key, which belongs to the lane that carried the request for it. */
final class LaneLease implements Lease {
    private final Dispatch dispatch;
    private final byte[] key;
    private final LeaseCalls calls;
    private volatile @Nullable LeaseRequest asked;

    LaneLease(Dispatch dispatch, byte[] key, LeaseCalls calls) {
        this.dispatch = dispatch;
        this.key = key;
        this.calls = calls;
    }

    @Override
    public CompletableFuture<LeaseAnswer> take() {
        LeaseRequest request = new LeaseRequest(dispatch, key, calls.take());
        asked = request;
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
                dispatch.send(request, taken);
            } else {
                request.answerVoid();
            }
        });
        return request;
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
