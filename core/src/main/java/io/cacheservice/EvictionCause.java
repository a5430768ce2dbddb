package io.cacheservice;

/** Why an entry left the local tier without being removed or replaced. */
public enum EvictionCause {
    /** Its life ended. */
    EXPIRED,
    /** Room was needed. */
    SIZE,
    /** The heap had little room left ({@code heapPressure}). */
    HEAP
}
