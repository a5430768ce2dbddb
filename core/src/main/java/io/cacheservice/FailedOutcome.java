package io.cacheservice;

/** What is known of an operation that failed. */
public enum FailedOutcome {
    /** It has not taken effect and will not. */
    NOT_APPLIED,
    /** It was sent and no answer came: it may have taken effect, or may yet. */
    UNKNOWN
}
