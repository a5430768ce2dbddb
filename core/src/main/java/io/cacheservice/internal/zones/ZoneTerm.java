package io.cacheservice.internal.zones;

import io.cacheservice.spi.Proof;
import io.cacheservice.spi.RemoteValue;

/**
 * A time in which a zone missed nothing as far as this process knows. What was read in it is worth nothing once it has ended,
 * whatever the zone's own connections vouch for: they cannot hear of a change that never came there.
 *
 * <p>Safe for use by many threads.
 */
final class ZoneTerm {
    private volatile boolean ended;

    void end() {
        ended = true;
    }

    /** {@code value}, which was asked for in this term. */
    RemoteValue guarded(RemoteValue value) {
        Proof proof = value.proof();
        return proof == null
                ? value
                : new RemoteValue(
                        value.stored(),
                        value.remainingMillis(),
                        value.sentAtNanos(),
                        value.fromReplica(),
                        new InTerm(proof));
    }

    private final class InTerm implements Proof {
        private final Proof ofConnection;

        InTerm(Proof ofConnection) {
            this.ofConnection = ofConnection;
        }

        @Override
        public long heardUntilNanos() {
            return ofConnection.heardUntilNanos();
        }

        @Override
        public boolean isRevoked() {
            return ended || ofConnection.isRevoked();
        }

        @Override
        public String connection() {
            return ofConnection.connection();
        }
    }
}
