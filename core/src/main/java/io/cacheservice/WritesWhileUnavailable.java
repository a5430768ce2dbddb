package io.cacheservice;

/** What a write of a cache with a source does when Redis does not take it. */
public enum WritesWhileUnavailable {
    /** Throws {@link CacheConnectionException} or {@link CacheTimeoutException}. The key is a miss in this process until Redis can be told. */
    FAIL,
    /**
     * Keeps the value in this process alone and answers {@link WriteOutcome#LOCAL_ONLY}. Reads of this process are answered with it,
     * marked {@link Reason#LOCAL_ONLY}, until its key could be removed from Redis, for its own life at most, and while there is room.
     * Others do not see it; meanwhile it may be older than what they have written.
     */
    LOCAL_ONLY
}
