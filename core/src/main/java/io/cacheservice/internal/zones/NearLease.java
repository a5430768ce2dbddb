package io.cacheservice.internal.zones;

import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import io.cacheservice.spi.RemoteTier;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A lease in the nearest zone that can be reached when it is asked for, and in no other. */
final class NearLease implements Lease {
    private final Function<RemoteTier, Lease> leaseOf;
    private final Function<Function<RemoteTier, CompletableFuture<LeaseAnswer>>, CompletableFuture<LeaseAnswer>> asking;
    private volatile @Nullable Lease asked;

    /** @param asking asks zones, one after the other, until one can be reached */
    NearLease(
            Function<RemoteTier, Lease> leaseOf,
            Function<Function<RemoteTier, CompletableFuture<LeaseAnswer>>, CompletableFuture<LeaseAnswer>> asking) {
        this.leaseOf = leaseOf;
        this.asking = asking;
    }

    @Override
    public CompletableFuture<LeaseAnswer> take() {
        return asking.apply(tier -> {
            Lease lease = leaseOf.apply(tier);
            asked = lease;
            return lease.take();
        });
    }

    @Override
    public CompletableFuture<Boolean> fill(byte[] value, long pxMillis) {
        Lease lease = asked;
        return lease == null ? CompletableFuture.completedFuture(false) : lease.fill(value, pxMillis);
    }

    @Override
    @SuppressWarnings("NullAway") // the checker does not see that the answer is nullable here
    public CompletableFuture<@Nullable Void> release(byte @Nullable [] marker, long markerMillis) {
        Lease lease = asked;
        return lease == null ? CompletableFuture.completedFuture(null) : lease.release(marker, markerMillis);
    }
}
