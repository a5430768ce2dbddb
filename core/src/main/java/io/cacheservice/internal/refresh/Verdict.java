package io.cacheservice.internal.refresh;

/** What is to be done with an entry that a read has found. */
public enum Verdict {
    /** It is given to the read. */
    SERVE,
    /** It is given to the read, and a load starts that nobody waits for. */
    SERVE_AND_REFRESH,
    /** It is over: the read waits for a load. */
    LOAD
}
