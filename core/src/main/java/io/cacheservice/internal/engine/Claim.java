package io.cacheservice.internal.engine;

import io.cacheservice.internal.tags.Epochs;
import io.cacheservice.spi.Lease;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What came of asking the store for the right to load a key. */
sealed interface Claim {
    /**
     * Load, and store the result.
     *
     * @param lease under which it is stored; null: this store has no leases
     * @param mark what the result is to be judged by; null: this cache has no epochs
     */
    record Granted(@Nullable Lease lease, Epochs.@Nullable Mark mark) implements Claim {}

    /**
     * Another process loads it.
     *
     * @param change completed when its load has ended, if that is heard of
     * @param stopWaiting to be called when nobody waits for that any more
     * @param remainingMillis when its right ends at the latest
     */
    record Held(CompletableFuture<?> change, Runnable stopWaiting, long remainingMillis) implements Claim {}

    /** A load by another process has failed a moment ago. */
    record FailedElsewhere() implements Claim {}

    /** What is there is not what was seen: look again. */
    record Changed() implements Claim {}

    /** Nobody can be asked: load, and store nothing. */
    record Unreachable() implements Claim {}
}
