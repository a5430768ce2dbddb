package io.cacheservice.server.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * How a fault went.
 *
 * @param name of the fault, or of a time without one
 * @param millis how long it lasted
 * @param during what all processes counted while it lasted
 * @param worst the fewest connections in service, the most that were left alone, the most that waited in the journal
 * @param failed reads that had no answer, from its beginning until all was normal again
 * @param normalAfter from the repair until all was normal again; empty: it was not when time was up
 */
record FaultResult(String name, long millis, Report during, Worst worst, long failed, Optional<Duration> normalAfter) {
    boolean isNormalAgain() {
        return normalAfter.isPresent();
    }

    /**
     * The worst that was seen.
     *
     * @param connections how many there were, when the fewest were in service
     * @param connected those in service then
     * @param tripped the most whose server was left alone
     * @param journaled the most invalidations that waited
     */
    record Worst(int connections, int connected, int tripped, int journaled) {
        static final Worst NONE = new Worst(0, Integer.MAX_VALUE, 0, 0);

        Worst or(Standing now) {
            boolean fewer = now.connected() < connected;
            return new Worst(
                    fewer ? now.connections() : connections,
                    fewer ? now.connected() : connected,
                    Math.max(tripped, now.tripped()),
                    Math.max(journaled, now.journaled()));
        }
    }
}
