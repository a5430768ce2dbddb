package io.cacheservice.internal.coherence;

import io.cacheservice.EntryDetails.Standing;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.Stamps;
import io.cacheservice.spi.Proof;
import org.jspecify.annotations.Nullable;

/**
 * An entry of Redis, or its absence, as this process holds it, with what vouches for it.
 *
 * @param <V> the value
 */
public final class LocalCopy<V> extends Entry<V> {
    /**
     * What a copy takes beside what any local entry does: its token, its key as bytes, its place in the index. Measured in
     * {@code CopiesMemoryTest}.
     */
    public static final int OVERHEAD_BYTES = 176;

    private final long seenAtNanos;
    private final long keptUntilNanos;
    private final @Nullable Proof proof;
    private final Token token;
    private final Tokens tokens;
    /** Here and not in the token, so that a hit looks at one object less. */
    private volatile boolean changed;

    LocalCopy(
            Entry<V> entry,
            int bytes,
            long seenAtNanos,
            @Nullable Proof proof,
            Token token,
            Tokens tokens,
            long maxStalenessNanos) {
        super(entry, bytes);
        this.seenAtNanos = seenAtNanos;
        this.proof = proof;
        this.token = token;
        this.tokens = tokens;
        this.keptUntilNanos = keptUntil(entry.staleUntilNanos(), seenAtNanos + maxStalenessNanos, proof);
    }

    private static long keptUntil(long staleUntilNanos, long usableUntilNanos, @Nullable Proof proof) {
        if (proof != null) {
            return staleUntilNanos;
        }
        return staleUntilNanos == FOR_EVER || staleUntilNanos - usableUntilNanos > 0
                ? usableUntilNanos
                : staleUntilNanos;
    }

    /** When the command that read it, or the load that made it, was started. */
    public long seenAtNanos() {
        return seenAtNanos;
    }

    /** What vouches for it after that; null: nothing. */
    public @Nullable Proof proof() {
        return proof;
    }

    /**
     * The rule of use ({@link io.cacheservice.internal.coherence}) for a read that began before {@code nowNanos}.
     *
     * <p>What is vouched for is read before what was heard: a proof advances only after the changes that it covers have
     * ended their copies. The other way round, a thread that is held up in between would take "unchanged" from before a
     * change together with a proof from after it.
     */
    public Standing standing(long nowNanos, long maxStalenessNanos) {
        Proof vouching = proof;
        boolean isNear = nowNanos - seenAtNanos <= maxStalenessNanos
                || (vouching != null && nowNanos - vouching.heardUntilNanos() <= maxStalenessNanos);
        if (vouching != null && vouching.isRevoked()) {
            return Standing.REVOKED;
        }
        if (changed) {
            return Standing.CHANGED;
        }
        if (freshUntilNanos() != FOR_EVER && nowNanos - freshUntilNanos() >= 0) {
            return Standing.EXPIRED;
        }
        Stamps shared = stamps();
        if (shared != null && !shared.hold(nowNanos)) {
            return shared.areVoid() ? Standing.CHANGED : Standing.UNPROVEN;
        }
        return isNear ? Standing.USABLE : Standing.UNPROVEN;
    }

    /** Its key has changed. */
    void touch() {
        changed = true;
    }

    boolean isTouched() {
        return changed;
    }

    Token token() {
        return token;
    }

    @Override
    protected long keptNanos(long nowNanos) {
        return keptUntilNanos == FOR_EVER ? FOR_EVER : keptUntilNanos - nowNanos;
    }

    @Override
    protected void left() {
        tokens.left(this);
    }
}
