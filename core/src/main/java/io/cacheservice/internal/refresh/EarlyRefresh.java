package io.cacheservice.internal.refresh;

import io.cacheservice.Refresh;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A refresh policy, ready to judge entries. Pure: the same numbers and dice give the same verdict.
 *
 * <p>Lives and costs are those of the entry: {@code lifeNanos} is its whole fresh life, zero when unknown; {@code costNanos}
 * what the load took that made it, zero when it was not loaded; {@code remainingNanos} what is left of the fresh life at the
 * time of the read, zero or less when it is over, {@link Long#MAX_VALUE} when it has no end.
 *
 * <p>Immutable.
 */
public final class EarlyRefresh {
    private final Rule before;
    private final long staleNanos;

    private EarlyRefresh(Rule before, long staleNanos) {
        this.before = before;
        this.staleNanos = staleNanos;
    }

    /**
     * The policy {@code policy} as it is under the settings {@code ttlThreshold} and {@code refreshProb}: two that are equal
     * then decide alike.
     *
     * @return never {@link Refresh.ConfiguredThreshold}, at the top or inside
     */
    public static Refresh settled(Refresh policy, Duration ttlThreshold, double refreshProb) {
        if (policy instanceof Refresh.StaleWhileRevalidate stale) {
            return Refresh.staleWhileRevalidate(stale.window(), settled(stale.before(), ttlThreshold, refreshProb));
        }
        if (policy instanceof Refresh.ConfiguredThreshold) {
            return ttlThreshold.toMillis() == 0 ? Refresh.none() : Refresh.threshold(ttlThreshold, refreshProb);
        }
        return policy;
    }

    /**
     * Judges by {@code policy}.
     *
     * @param policy {@link #settled}
     * @throws IllegalArgumentException when it is not settled
     */
    public static EarlyRefresh of(Refresh policy) {
        return policy instanceof Refresh.StaleWhileRevalidate stale
                ? new EarlyRefresh(rule(stale.before()), stale.window().toNanos())
                : new EarlyRefresh(rule(policy), 0);
    }

    private static Rule rule(Refresh policy) {
        if (policy instanceof Refresh.None) {
            return Rule.NEVER;
        }
        if (policy instanceof Refresh.XFetch xfetch) {
            return new XFetchRule(xfetch.beta());
        }
        if (policy instanceof Refresh.Threshold threshold) {
            return new ThresholdRule(threshold.threshold().toNanos(), threshold.probability());
        }
        if (policy instanceof Refresh.Eager eager) {
            return new EagerRule(eager.fraction());
        }
        throw new IllegalArgumentException(policy + " is not settled: it decides only under settings");
    }

    /**
     * How long before its end an entry begins to need {@link #decide}: while at least so much remains, every read is simply
     * served. Cheap, and the same for the whole life of an entry, so that it may be kept with it.
     *
     * @return from zero, which is "not before its end", to the whole life
     */
    public long windowNanos(long lifeNanos, long costNanos) {
        return before.windowNanos(lifeNanos, costNanos);
    }

    /** How long after its end an entry may be served and must be kept for that; zero: not at all. */
    public long staleNanos() {
        return staleNanos;
    }

    /**
     * What to do with an entry. Throws dice only inside the window. Allocates nothing.
     *
     * @param random thrown anew for each read; safe for the threads that use it
     * @return {@link Verdict#LOAD} only when the entry is over
     */
    public Verdict decide(long remainingNanos, long lifeNanos, long costNanos, RandomGenerator random) {
        if (remainingNanos <= 0) {
            return remainingNanos > -staleNanos ? Verdict.SERVE_AND_REFRESH : Verdict.LOAD;
        }
        return remainingNanos < windowNanos(lifeNanos, costNanos)
                        && before.wantsRefresh(remainingNanos, lifeNanos, costNanos, random)
                ? Verdict.SERVE_AND_REFRESH
                : Verdict.SERVE;
    }
}
