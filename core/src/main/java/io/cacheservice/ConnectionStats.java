package io.cacheservice;

/**
 * One connection to Redis, as it is now.
 *
 * @param name which one it is, such as {@code 127.0.0.1:6379/0}
 * @param state what it is doing
 * @param pending commands waiting for an answer
 * @param opened how often it was opened since the start
 * @param lastError why it was last lost; empty when it never was. Contains no secret
 */
public record ConnectionStats(String name, State state, int pending, long opened, String lastError) {
    /** What a connection is doing. */
    public enum State {
        /** Not needed until now. */
        IDLE,
        /** Being opened. */
        CONNECTING,
        /** In service. */
        READY,
        /** Open, but its server does not answer in time and is left alone for a moment. */
        TRIPPED,
        /** Lost or refused; will be tried again. */
        DOWN,
        /** Closed with the service. */
        CLOSED
    }
}
