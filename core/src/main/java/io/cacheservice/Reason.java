package io.cacheservice;

/** Why a read was answered as it was. */
public enum Reason {
    /** A usable entry was there. */
    FOUND,
    /**
     * Redis was away when this process wrote the value, which is kept here alone, as the policy allows ({@link
     * WritesWhileUnavailable#LOCAL_ONLY}). It may be older than what others have written since.
     */
    LOCAL_ONLY,
    /** There was no usable entry; this call asked the source. */
    LOADED,
    /**
     * There was no usable entry; a load that another call, or another process, had begun was waited for, and its result is
     * the answer.
     */
    JOINED,
    /** A tier answered that it holds nothing under this key, and no loader was asked. */
    NOT_FOUND,
    /** There was an entry, older than the call allowed. */
    TOO_OLD,
    /** Bytes were there that could not be decoded: corrupt, of another format or schema, too big, or foreign. */
    UNDECODABLE,
    /** The tier that knows could not answer, and this cache treats that as a miss. */
    UNAVAILABLE,
    /** The entry had expired and its reload failed, now or a moment ago: the old value, as {@code failSafe} allows. */
    STALE_ON_ERROR,
    /** The entry had expired and its reload takes longer than the soft timeout: the old value; the load goes on. */
    STALE_WHILE_LOADING,
    /** The load failed and there was nothing to fall back to: what the cache answers then. */
    DEFAULT_ON_ERROR;

    /** Whether the answer is an entry that had expired. */
    public boolean isStale() {
        return this == STALE_ON_ERROR || this == STALE_WHILE_LOADING;
    }
}
