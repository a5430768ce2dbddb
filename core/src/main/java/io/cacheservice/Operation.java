package io.cacheservice;

/** The kinds of operation whose latency is sampled. */
public enum Operation {
    /** A read that the local tier answered. */
    LOCAL_READ,
    /** A read that Redis answered. */
    REMOTE_READ,
    /** A write or removal. */
    WRITE,
    /** A call of a loader; every one is measured. */
    LOAD
}
