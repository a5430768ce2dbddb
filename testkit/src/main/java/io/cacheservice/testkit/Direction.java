package io.cacheservice.testkit;

/** One of the two ways that bytes take through a {@link FaultProxy}. */
public enum Direction {
    /** From the client to the server: commands. */
    TO_SERVER,
    /** From the server to the client: replies and pushes. */
    TO_CLIENT
}
