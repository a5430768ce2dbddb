package io.cacheservice.internal.tags;

import io.cacheservice.internal.coherence.Token;
import io.cacheservice.spi.Proof;
import org.jspecify.annotations.Nullable;

/**
 * An epoch as this process knows it.
 *
 * @param seenAtNanos when the command that read it was sent
 * @param proof what vouches for it after that; null: nothing
 * @param token of its key, touched when it changes; null: nobody but this process changes it
 * @param heldSinceNanos since when this process has held it
 */
record HeldEpoch(
        Epoch epoch,
        long seenAtNanos,
        @Nullable Proof proof,
        @Nullable Token token,
        long heldSinceNanos) {
    /**
     * The rule of use, for a read that began before {@code nowNanos}. What is vouched for is read before what was heard, as
     * with every copy.
     */
    boolean isUsable(long nowNanos, long maxStalenessNanos) {
        Token own = token;
        if (own == null) {
            return true;
        }
        Proof vouching = proof;
        boolean isNear = nowNanos - seenAtNanos <= maxStalenessNanos
                || (vouching != null && nowNanos - vouching.heardUntilNanos() <= maxStalenessNanos);
        return isNear && !isReplaced();
    }

    /** Whether it is known to have been in its place at {@code nanos} or later. What is vouched for is read first, as above. */
    boolean wasInPlaceAt(long nanos) {
        Proof vouching = proof;
        boolean isVouchedFor = token == null
                || seenAtNanos - nanos >= 0
                || (vouching != null && vouching.heardUntilNanos() - nanos >= 0);
        return isVouchedFor && !isReplaced();
    }

    /** Whether it is known to be another one by now. */
    boolean isReplaced() {
        Token own = token;
        Proof vouching = proof;
        return own != null && (own.isTouched() || (vouching != null && vouching.isRevoked()));
    }
}
