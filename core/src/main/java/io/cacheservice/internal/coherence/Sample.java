package io.cacheservice.internal.coherence;

/** One local copy that was picked to be compared with what Redis holds. */
public final class Sample {
    private final Holding<?, ?> holding;

    Sample(Holding<?, ?> holding) {
        this.holding = holding;
    }

    /** The copy. */
    public LocalCopy<?> copy() {
        return holding.copy();
    }

    /** Where it is in Redis; not to be changed. */
    public byte[] redisKey() {
        return copy().token().key().bytes();
    }

    /** Whether a read at {@code nowNanos} could be given it. */
    public boolean isUsable(long nowNanos) {
        return holding.isUsable(nowNanos);
    }

    /** How old an answer of its cache may be at most. */
    public long maxStalenessNanos() {
        return holding.maxStalenessNanos();
    }
}
