package io.cacheservice.internal.engine;

import io.cacheservice.TimeSource;
import io.cacheservice.internal.engine.Sealing.Packed;
import io.cacheservice.internal.engine.Sealing.Sealed;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.internal.tags.Epochs;
import io.cacheservice.spi.RemoteTier;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Looks after entries that were written with the epochs that this process held. If another process had replaced one of them
 * before, and this one had not heard of it yet, the entry is void although it came after: it is then replaced by itself with
 * other epochs, before its writer is answered. Safe for use by many threads.
 */
final class Restamping<K, V> {
    /** How often, while others invalidate again and again: the last of those came while the write was under way. */
    private static final int MOST = 2;

    private final RemoteTier tier;
    private final Epochs epochs;
    private final Sealing<K, V> sealing;
    private final TimeSource time;

    Restamping(RemoteTier tier, Epochs epochs, Sealing<K, V> sealing, TimeSource time) {
        this.tier = tier;
        this.epochs = epochs;
        this.sealing = sealing;
        this.time = time;
    }

    /**
     * What stands for a write, or null: somebody else has written or removed its key since, which is the newest then. Where the
     * epochs cannot be asked for, the entry stays as it is.
     *
     * @param stored what was written
     * @param sentNanos before it was sent
     */
    CompletableFuture<@Nullable Sealed<K, V>> standing(Packed<K, V> packed, Sealed<K, V> stored, long sentNanos) {
        return standing(packed, stored, sentNanos, MOST);
    }

    private CompletableFuture<@Nullable Sealed<K, V>> standing(
            Packed<K, V> packed, Sealed<K, V> stored, long sentNanos, int left) {
        Stamps stamps = stored.stamps();
        if (stamps == null || left == 0) {
            return CompletableFuture.completedFuture(stored);
        }
        return Futures.then(
                epochs.wereInPlaceAt(sentNanos, stamps),
                (wereInPlace, unknown) -> wereInPlace == null || wereInPlace
                        ? CompletableFuture.completedFuture(stored)
                        : replaced(packed, stored, left));
    }

    private CompletableFuture<@Nullable Sealed<K, V>> replaced(Packed<K, V> packed, Sealed<K, V> stored, int left) {
        return Futures.then(epochs.ofWrite(packed.draft().tags()), (stamping, failure) -> {
            if (stamping == null) {
                return failed(failure);
            }
            Sealed<K, V> again = sealing.sealed(packed, stamping);
            byte[] bytes = Objects.requireNonNull(again.bytes(), "bytes");
            long sentNanos = time.nanoTime();
            CompletableFuture<Boolean> replacing =
                    tier.relive(again.where(), Versions.framed(stored.entryId()), bytes, again.pxMillis());
            return Futures.then(replacing, (isReplaced, lost) -> {
                if (isReplaced == null) {
                    return failed(lost);
                }
                return isReplaced
                        ? standing(packed, again, sentNanos, left - 1)
                        : CompletableFuture.completedFuture(null);
            });
        });
    }

    private static <T> CompletableFuture<T> failed(@Nullable Throwable failure) {
        return CompletableFuture.failedFuture(failure == null ? new IllegalStateException("no answer") : failure);
    }
}
