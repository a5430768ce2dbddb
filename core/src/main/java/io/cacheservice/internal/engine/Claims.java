package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.internal.coherence.Tokens;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.futures.Delivery;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import io.cacheservice.spi.RemoteTier;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Asks Redis for the right to load a key. */
final class Claims {
    private final RemoteTier tier;
    private final Tokens tokens;
    private final RandomGenerator random;

    /** @param tokens hears of the end of leases that others hold */
    Claims(RemoteTier tier, Tokens tokens, RandomGenerator random) {
        this.tier = tier;
        this.tokens = tokens;
        this.random = random;
    }

    /**
     * The right to load what is under {@code where}, or who has it. Whether it was granted may stay unknown, for its time is
     * up for example: then it is taken as granted, for the fill finds out, and nobody else could load meanwhile.
     */
    CompletableFuture<Claim> claim(byte[] where, Store.Wanted wanted) {
        Lease lease = lease(where, wanted);
        return Futures.then(lease.take(), (answer, failure) -> {
            if (answer != null) {
                return CompletableFuture.completedFuture(claim(where, lease, answer));
            }
            if (failure instanceof CacheException refused) {
                return CompletableFuture.completedFuture(
                        Delivery.mayHaveBeenApplied(refused)
                                ? new Claim.Granted(lease, null)
                                : new Claim.Unreachable());
            }
            return CompletableFuture.failedFuture(failure == null ? new IllegalStateException("no answer") : failure);
        });
    }

    /** The right to fill {@code where}, taken from whoever has it. */
    Lease seizure(byte[] where, long millis) {
        return tier.seize(where, EntryCodec.encode(EntryHeader.lease(random.nextLong(), millis)), millis);
    }

    private Lease lease(byte[] where, Store.Wanted wanted) {
        byte[] placeholder = EntryCodec.encode(EntryHeader.lease(random.nextLong(), wanted.leaseMillis()));
        return wanted.seen() == null
                ? tier.lease(where, placeholder, wanted.leaseMillis(), wanted.over())
                : tier.refreshLease(where, placeholder, wanted.leaseMillis(), wanted.seen());
    }

    private Claim claim(byte[] where, Lease lease, LeaseAnswer answer) {
        return switch (answer.state()) {
            case GRANTED -> new Claim.Granted(lease, null);
            case HELD -> held(where, answer.remainingMillis());
            case FAILED -> new Claim.FailedElsewhere();
            case CHANGED -> new Claim.Changed();
        };
    }

    /** Begun where replies are read, before what is announced after this one. */
    private Claim held(byte[] where, long remainingMillis) {
        CompletableFuture<?> change = tokens.nextChange(where);
        return new Claim.Held(change, () -> tokens.stopWaiting(where, change), remainingMillis);
    }

    /** Ends {@code lease} for a load that failed, so that others may go on at once; completed when that is done. */
    static CompletableFuture<?> release(@Nullable Lease lease, RandomGenerator random, long errorMillis) {
        if (lease == null) {
            return CompletableFuture.completedFuture(null);
        }
        byte[] marker = errorMillis == 0 ? null : EntryCodec.encode(EntryHeader.error(random.nextLong(), errorMillis));
        // if it fails, its time ends it
        return Futures.allDone(List.of(lease.release(marker, errorMillis)));
    }
}
