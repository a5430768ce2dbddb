package io.cacheservice.spi;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The right to fill one key: one asks for it, and of all who ask, in all processes, one at a time has it, for a limited time.
 *
 * <p>It belongs to the connection over which it was asked for. When that is lost, or the server no longer serves the key,
 * the lease is void: what is filled then is refused. So is what is filled after the lease's time, or after anybody wrote or
 * removed the key. Whether {@link #take} was granted may stay unknown; then {@link #fill} and {@link #release} may be called
 * all the same, and do nothing if it was not.
 *
 * <p>{@link #take} is called first, each method at most once, and only one of the other two. Futures as those of {@link
 * RemoteTier}. Safe for use by many threads one after the other.
 */
public interface Lease {
    /** Asks for it. */
    CompletableFuture<LeaseAnswer> take();

    /**
     * Stores {@code value} for {@code pxMillis}, or {@link RemoteTier#FOR_EVER}, and ends the lease; answers false, and
     * changes nothing, when it is void. A value that is refused because memory is full ends it too.
     */
    CompletableFuture<Boolean> fill(byte[] value, long pxMillis);

    /**
     * Ends it without a value, as far as it is not void.
     *
     * @param marker what is left for those who ask next, for {@code markerMillis}; null: nothing
     */
    CompletableFuture<@Nullable Void> release(byte @Nullable [] marker, long markerMillis);
}
