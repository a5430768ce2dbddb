package io.cacheservice.redis;

import io.cacheservice.spi.Proof;

/** What a lane vouches for in one slot of a Cluster, until the slot belongs to another server. */
final class SlotProof implements Proof {
    private final LaneProof lane;
    private volatile boolean revoked;

    SlotProof(LaneProof lane) {
        this.lane = lane;
    }

    /** Changes in this slot are announced elsewhere from now on. */
    void revoke() {
        revoked = true;
    }

    @Override
    public long heardUntilNanos() {
        return lane.heardUntilNanos();
    }

    @Override
    public boolean isRevoked() {
        return revoked || lane.isRevoked();
    }

    @Override
    public String connection() {
        return lane.connection();
    }
}
