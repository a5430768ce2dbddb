package io.cacheservice.internal.coherence;

/** What the rule of use says of a local copy. */
public enum Standing {
    /** It may be used. */
    USABLE,
    /** Its key has changed since. */
    CHANGED,
    /** Its own life is over. */
    EXPIRED,
    /** What vouched for it was revoked: the server was flushed, or its slot went to another server. */
    REVOKED,
    /** It is older than allowed, and nothing vouches for it up to a moment that is near enough. */
    UNPROVEN
}
