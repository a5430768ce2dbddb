package io.cacheservice.redis;

import java.util.random.RandomGenerator;

/** When to try again after a lane was lost or could not be opened: almost at once, then ever later up to a cap. */
final class Backoff {
    private static final long FIRST_MILLIS = 5;
    static final long CAP_MILLIS = 500;
    private static final int DOUBLINGS_TO_CAP = 7;

    private Backoff() {}

    /**
     * How long to wait, between half and all of a step that doubles with every failure: many clients that lost the same
     * server do not all come back at the same moment.
     *
     * @param failures tries that failed one after another, not negative
     */
    static long delayMillis(int failures, RandomGenerator random) {
        long step = Math.min(CAP_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS_TO_CAP));
        return step / 2 + random.nextLong(step / 2 + 1);
    }
}
