package io.cacheservice.internal.refresh;

import java.util.random.RandomGenerator;

/** Which read before the end starts a load. Pure; allocates nothing. */
interface Rule {
    /** No read does. */
    Rule NEVER = new Rule() {
        @Override
        public long windowNanos(long lifeNanos, long costNanos) {
            return 0;
        }

        @Override
        public boolean wantsRefresh(long remainingNanos, long lifeNanos, long costNanos, RandomGenerator random) {
            return false;
        }
    };

    /** See {@link EarlyRefresh#windowNanos}. */
    long windowNanos(long lifeNanos, long costNanos);

    /** Whether the read starts a load, asked only inside the window. */
    boolean wantsRefresh(long remainingNanos, long lifeNanos, long costNanos, RandomGenerator random);
}
