package io.cacheservice.spi;

/**
 * Whether a {@link Lease} was granted.
 *
 * @param state what was found
 * @param remainingMillis of {@link State#HELD} and {@link State#FAILED}: how long that lasts at most, at least 0; else 0
 */
public record LeaseAnswer(State state, long remainingMillis) {
    /** What was found. */
    public enum State {
        /** The lease is the asker's. */
        GRANTED,
        /** Another has a lease of this key, in place or for a refresh. Its end is announced as a change of the key. */
        HELD,
        /** A load by another has failed a moment ago; its marker is still there. Its end is announced as well. */
        FAILED,
        /** What is there is not what the asker thought: read it again. */
        CHANGED
    }

    /** An answer that says how long to wait at most. */
    public LeaseAnswer {
        if (remainingMillis < 0) {
            throw new IllegalArgumentException("a remaining time of " + remainingMillis + " ms is refused");
        }
    }

    /** An answer without a time. */
    public static LeaseAnswer of(State state) {
        return new LeaseAnswer(state, 0);
    }
}
