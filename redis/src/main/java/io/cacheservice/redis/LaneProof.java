package io.cacheservice.redis;

import io.cacheservice.spi.Proof;

/**
 * What one tracked lane vouches for, from when it could be trusted until it could not, or the server was flushed. Written by
 * the lane's event loop (but for {@link #lose}), read by everybody.
 */
final class LaneProof implements Proof {
    /** So long ago that nothing is near it: 146 years. */
    private static final long LONG_NANOS = 1L << 62;

    private final String connection;
    private final long longAgoNanos;
    private volatile long heardUntilNanos;
    private volatile boolean lost;
    private volatile boolean revoked;

    LaneProof(String connection, long nowNanos) {
        this.connection = connection;
        this.longAgoNanos = nowNanos - LONG_NANOS;
        this.heardUntilNanos = longAgoNanos;
    }

    /** Every change before {@code nanos} has been heard. */
    void advance(long nanos) {
        if (nanos - heardUntilNanos > 0) {
            heardUntilNanos = nanos;
        }
    }

    /** The lane vouches for nothing any more; on any thread. */
    void lose() {
        lost = true;
    }

    /** What was read under it is gone. */
    void revoke() {
        revoked = true;
    }

    /** Whether anything was heard on a lane that is trusted. */
    boolean isVouching() {
        return !lost && heardUntilNanos != longAgoNanos;
    }

    @Override
    public long heardUntilNanos() {
        return lost ? longAgoNanos : heardUntilNanos;
    }

    @Override
    public boolean isRevoked() {
        return revoked;
    }

    @Override
    public String connection() {
        return connection;
    }
}
