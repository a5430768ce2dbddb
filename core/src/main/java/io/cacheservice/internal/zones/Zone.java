package io.cacheservice.internal.zones;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.ZoneStats;
import io.cacheservice.spi.RemoteTier;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One of the Redis that hold the same cache, and what this process knows of what it has missed. Safe for use by many threads.
 */
public final class Zone {
    private static final System.Logger LOG = System.getLogger("io.cacheservice");

    private final String name;
    private final RemoteTier tier;
    private final Debts debts;
    /** Until when each of the other zones has it that this one is late. */
    private final ConcurrentHashMap<Zone, Long> claims = new ConcurrentHashMap<>();

    private volatile ZoneTerm term = new ZoneTerm();

    /**
     * A zone that has missed nothing yet.
     *
     * @param tier it alone
     * @param debts what it has yet to hear of this process
     */
    public Zone(String name, RemoteTier tier, Debts debts) {
        this.name = name;
        this.tier = tier;
        this.debts = debts;
    }

    String name() {
        return name;
    }

    RemoteTier tier() {
        return tier;
    }

    Debts debts() {
        return debts;
    }

    ZoneTerm term() {
        return term;
    }

    /** Whether its answers can be believed: it owes nobody anything that anybody would know of. */
    boolean isTrusted(long nowNanos) {
        return debts.size() == 0 && !isClaimedLate(nowNanos);
    }

    /** Whether another zone has it, not long ago, that this one is late. */
    private boolean isClaimedLate(long nowNanos) {
        if (claims.isEmpty()) {
            return false;
        }
        for (long until : claims.values()) {
            if (until - nowNanos > 0) {
                return true;
            }
        }
        return false;
    }

    /** {@code witness} says that this zone is late, and says so until {@code untilNanos}. */
    synchronized void claimLate(Zone witness, long nowNanos, long untilNanos) {
        boolean isNews = !isClaimedLate(nowNanos);
        claims.put(witness, untilNanos);
        if (isNews) {
            endTerm();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "zone {0} has missed changes, as zone {1} has it: others answer until it has caught up",
                    name,
                    witness.name);
        }
    }

    /** {@code witness} does not say so any more. */
    synchronized void claimNothing(Zone witness, long nowNanos) {
        if (claims.remove(witness) != null && !isClaimedLate(nowNanos)) {
            LOG.log(System.Logger.Level.INFO, "zone {0} has caught up", name);
        }
    }

    /** What was read of it so far is not to be used any more. */
    void endTerm() {
        ZoneTerm ending = term;
        term = new ZoneTerm();
        ending.end();
    }

    /** Keeps what it has yet to hear; a failure where there is no room. */
    @Nullable
    CacheConnectionException owe(byte[] key) {
        return debts.add(key)
                ? null
                : new CacheConnectionException(
                        "zone " + name
                                + " did not take the change, and what it has yet to hear is full (journalSize), so"
                                + " it may answer with the old value later: repeat the call then, or raise journalSize",
                        FailedOutcome.UNKNOWN,
                        null);
    }

    /** Delivers no more, and ends its connections. */
    void close() {
        debts.close();
        tier.close();
        int lost = debts.size();
        if (lost > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "closed with {0} removals that zone {1} has not heard of: it may answer with old values",
                    lost,
                    name);
        }
    }

    ZoneStats stats(boolean near, long nowNanos) {
        return new ZoneStats(name, near, isTrusted(nowNanos), debts.size());
    }
}
