package io.cacheservice;

/** What became of a write that did not fail. */
public enum WriteOutcome {
    /** The tier of record has it. */
    APPLIED,
    /** Redis is away; the invalidation is journaled and will be delivered. */
    QUEUED,
    /** Only this process has it, as its outage policy chose. */
    LOCAL_ONLY
}
