package io.cacheservice.internal.refresh;

import java.util.random.RandomGenerator;

/** Each read below the threshold, with a fixed probability. */
record ThresholdRule(long thresholdNanos, double probability) implements Rule {
    /** At most half of the life, if that is known: else an entry with a short life would be loaded without pause. */
    @Override
    public long windowNanos(long lifeNanos, long costNanos) {
        return lifeNanos <= 0 ? thresholdNanos : Math.min(thresholdNanos, lifeNanos / 2);
    }

    @Override
    public boolean wantsRefresh(long remainingNanos, long lifeNanos, long costNanos, RandomGenerator random) {
        return random.nextDouble() < probability;
    }
}
