package io.cacheservice.internal.coherence;

/** How what Redis held at a moment compares with a local copy. */
public enum Comparison {
    /** A read of Redis would have given the same. */
    SAME,
    /** A read of Redis would have given something else. */
    DIFFERENT,
    /** Redis gave no answer, or one that does not tell. */
    UNTOLD
}
