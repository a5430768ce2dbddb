package io.cacheservice.internal.refresh;

import java.util.random.RandomGenerator;

/** Each read after a part of the life. */
record EagerRule(double fraction) implements Rule {
    @Override
    public long windowNanos(long lifeNanos, long costNanos) {
        return lifeNanos <= 0 ? 0 : Math.round((1 - fraction) * lifeNanos);
    }

    @Override
    public boolean wantsRefresh(long remainingNanos, long lifeNanos, long costNanos, RandomGenerator random) {
        return true;
    }
}
