package io.cacheservice.internal.zones;

import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.zones.ZonedWrites.Part;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A lease that takes the place of whatever stands under a key, in all zones. It is filled in all that can be reached, or the
 * key is removed from all.
 */
final class LeaseEverywhere implements Lease {
    private final ZonedWrites writes;
    private final byte[] key;
    private final List<Lease> leases = new ArrayList<>();

    LeaseEverywhere(ZonedWrites writes, byte[] key, byte[] placeholder, long leaseMillis) {
        this.writes = writes;
        this.key = key;
        writes.zones().forEach(zone -> leases.add(zone.tier().seize(key, placeholder, leaseMillis)));
    }

    @Override
    public CompletableFuture<LeaseAnswer> take() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < leases.size(); i++) {
            Zone zone = writes.zones().get(i);
            Object mark = zone.debts().mark(key);
            parts.add(new Part(zone, leases.get(i).take(), mark));
        }
        return Futures.map(writes.settled(key, parts), nothing -> LeaseAnswer.of(LeaseAnswer.State.GRANTED));
    }

    @Override
    public CompletableFuture<Boolean> fill(byte[] value, long pxMillis) {
        List<CompletableFuture<Boolean>> fills = new ArrayList<>();
        leases.forEach(lease -> fills.add(lease.fill(value, pxMillis)));
        return Futures.then(Futures.allDone(fills), (nothing, never) -> {
            boolean isFilled = fills.stream().allMatch(fill -> !fill.isCompletedExceptionally() && fill.getNow(false));
            return isFilled
                    ? CompletableFuture.completedFuture(true)
                    : Futures.map(writes.delete(key), wasThere -> false);
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> release(byte @Nullable [] marker, long markerMillis) {
        List<CompletableFuture<?>> released = new ArrayList<>();
        leases.forEach(lease -> released.add(lease.release(marker, markerMillis)));
        return Futures.allDone(released);
    }
}
