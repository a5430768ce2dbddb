package io.cacheservice;

/** What {@link CacheService#refreshProbabilistic} decided. */
public enum RefreshOutcome {
    /** A reload runs in the background. */
    STARTED,
    /** A reload of this key was already running. */
    ALREADY_RUNNING,
    /** More life remains than the threshold. */
    FRESH,
    /** Little life remains, but the dice said no. */
    SKIPPED,
    /** There is no such entry. */
    ABSENT,
    /** No source is registered for this key. */
    NO_SOURCE
}
