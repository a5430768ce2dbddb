package io.cacheservice.internal.tags;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The place of one epoch in this process. Safe for use by many threads; looking at it takes no lock. */
final class EpochCell {
    private final long nameHash;
    private final NextReading<HeldEpoch> nextReading = new NextReading<>();
    private volatile @Nullable HeldEpoch held;
    /** Those who wait for the reading that runs, in the order of their asking; null: none runs. */
    private @Nullable ArrayDeque<CompletableFuture<HeldEpoch>> waiting;

    EpochCell(long nameHash) {
        this.nameHash = nameHash;
    }

    long nameHash() {
        return nameHash;
    }

    /** For those whom no reading serves that runs already. */
    NextReading<HeldEpoch> nextReading() {
        return nextReading;
    }

    @Nullable
    HeldEpoch held() {
        return held;
    }

    /** Holds {@code epoch}; answers what was held before. */
    @Nullable
    HeldEpoch hold(@Nullable HeldEpoch epoch) {
        HeldEpoch before = held;
        held = epoch;
        return before;
    }

    /**
     * Waits for the reading that runs; answers whether the caller must read and then {@link #wasRead tell}. Who waits is
     * served in the order of asking, and before who asks later: else two writes of one caller could change places.
     */
    synchronized boolean await(CompletableFuture<HeldEpoch> caller) {
        ArrayDeque<CompletableFuture<HeldEpoch>> before = waiting;
        ArrayDeque<CompletableFuture<HeldEpoch>> queue = before == null ? new ArrayDeque<>() : before;
        queue.add(caller);
        waiting = queue;
        return before == null;
    }

    /** Whether a reading runs, which a caller must wait for even if there is something to use. */
    synchronized boolean isBeingRead() {
        return waiting != null;
    }

    /** The reading has ended. */
    void wasRead(@Nullable HeldEpoch epoch, @Nullable Throwable failure) {
        for (CompletableFuture<HeldEpoch> next = next(); next != null; next = next()) {
            if (epoch != null) {
                next.complete(epoch);
            } else {
                next.completeExceptionally(failure == null ? new IllegalStateException("no epoch") : failure);
            }
        }
    }

    private synchronized @Nullable CompletableFuture<HeldEpoch> next() {
        ArrayDeque<CompletableFuture<HeldEpoch>> queue = waiting;
        CompletableFuture<HeldEpoch> first = queue == null ? null : queue.poll();
        if (first == null) {
            waiting = null;
        }
        return first;
    }
}
