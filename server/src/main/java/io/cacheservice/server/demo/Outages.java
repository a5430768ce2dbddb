package io.cacheservice.server.demo;

/**
 * When something is away: in the middle third of the time, or, when there are two, each in the middle third of its half, the
 * source first. A demo without an end has them again and again.
 *
 * @param killSource whether the source is to be away
 * @param killRedis whether Redis is to be away
 * @param cycleMillis the time that is divided
 */
record Outages(boolean killSource, boolean killRedis, long cycleMillis) {
    /** What is away after {@code elapsedMillis}. */
    Phase at(long elapsedMillis) {
        long within = elapsedMillis % cycleMillis;
        if (!killSource || !killRedis) {
            Phase only = killSource ? Phase.SOURCE_AWAY : killRedis ? Phase.REDIS_AWAY : Phase.ALL_UP;
            return isMiddleThird(within, cycleMillis) ? only : Phase.ALL_UP;
        }
        long half = Math.max(1, cycleMillis / 2);
        if (!isMiddleThird(within % half, half)) {
            return Phase.ALL_UP;
        }
        return within < half ? Phase.SOURCE_AWAY : Phase.REDIS_AWAY;
    }

    private static boolean isMiddleThird(long millis, long of) {
        return millis * 3 >= of && millis * 3 < 2 * of;
    }
}
