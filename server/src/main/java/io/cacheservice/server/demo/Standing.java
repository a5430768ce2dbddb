package io.cacheservice.server.demo;

/**
 * How one process, or all together, stand at one moment.
 *
 * @param waiting readers that have waited for an answer for over a millisecond
 * @param connections connections to Redis, in whatever state
 * @param connected those in service
 * @param tripped those whose server is left alone for a moment
 * @param journaled invalidations that wait for Redis
 * @param answeredSinceMillis by the wall clock, since when Redis has answered without a break; {@link #NOT_ANSWERED}: it does
 *     not, or nobody looks
 * @param rests how often it has read everything once with nothing being invalidated, as it was asked to
 * @param error what the last read that failed ended with; empty: none has
 */
record Standing(
        int waiting,
        int connections,
        int connected,
        int tripped,
        int journaled,
        long answeredSinceMillis,
        int rests,
        String error) {
    static final long NOT_ANSWERED = Long.MAX_VALUE;

    /** Nobody, nothing. */
    static final Standing NONE = new Standing(0, 0, 0, 0, 0, 0, Integer.MAX_VALUE, "");

    /** Both together: answered since both are. */
    Standing plus(Standing other) {
        return new Standing(
                waiting + other.waiting,
                connections + other.connections,
                connected + other.connected,
                tripped + other.tripped,
                journaled + other.journaled,
                Math.max(answeredSinceMillis, other.answeredSinceMillis),
                Math.min(rests, other.rests),
                error.isEmpty() ? other.error : error);
    }

    boolean hasAnswers() {
        return answeredSinceMillis != NOT_ANSWERED;
    }
}
