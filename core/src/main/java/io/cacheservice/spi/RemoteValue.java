package io.cacheservice.spi;

import org.jspecify.annotations.Nullable;

/**
 * What Redis holds under a key.
 *
 * @param bytes the stored bytes, owned by the receiver; null: nothing is there
 * @param remainingMillis time until Redis removes it, {@link #FOR_EVER} or {@link #NOT_ASKED}
 * @param sentAtNanos when the command was sent, on the tier's clock: what the answer is good from
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
public record RemoteValue(byte @Nullable [] bytes, long remainingMillis, long sentAtNanos) {
    /** The key has no end. */
    public static final long FOR_EVER = -1;
    /** The remaining time was not asked for. */
    public static final long NOT_ASKED = -3;
}
