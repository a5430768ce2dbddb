package io.cacheservice;

/** What a read without a loader does when the tier that knows cannot answer. */
public enum OnUnavailable {
    /** Throws {@link CacheConnectionException} or {@link CacheTimeoutException}. */
    FAIL,
    /** Answers as if the key were absent. */
    MISS
}
