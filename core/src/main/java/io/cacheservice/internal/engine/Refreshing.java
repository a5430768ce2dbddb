package io.cacheservice.internal.engine;

import io.cacheservice.TimeSource;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.refresh.EarlyRefresh;
import io.cacheservice.internal.refresh.Verdict;
import java.util.random.RandomGenerator;

/** Asks the refresh policy of one cache about the entries that its reads find. Safe for use by many threads. */
final class Refreshing {
    private final EarlyRefresh policy;
    private final boolean isNever;
    private final TimeSource time;
    private final RandomGenerator random;

    /** @param isNever whether the policy never refreshes anything, so that it need not be asked */
    Refreshing(EarlyRefresh policy, boolean isNever, TimeSource time, RandomGenerator random) {
        this.policy = policy;
        this.isNever = isNever;
        this.time = time;
        this.random = random;
    }

    /** Whether a read that found {@code entry}, which has not expired, is to begin a load that nobody waits for. */
    boolean isDue(Entry<?> entry, long nowNanos) {
        return !isNever
                && entry.freshUntilNanos() != Entry.FOR_EVER
                && decide(entry, nowNanos) == Verdict.SERVE_AND_REFRESH;
    }

    /** Whether a read that found {@code entry}, which has expired, is given it all the same, and begins such a load. */
    boolean servesExpired(Entry<?> entry) {
        return !isNever && policy.staleNanos() > 0 && decide(entry, time.nanoTime()) != Verdict.LOAD;
    }

    private Verdict decide(Entry<?> entry, long nowNanos) {
        long lifeNanos = entry.asOfNanos() == Entry.AS_OF_UNKNOWN ? 0 : entry.freshUntilNanos() - entry.asOfNanos();
        return policy.decide(entry.remainingNanos(nowNanos), lifeNanos, entry.costNanos(), random);
    }
}
