package io.cacheservice.internal.local;

/** What an entry shares with others, and is void with together: its tags and its cache. Safe for use by many threads. */
public interface Stamps {
    /** Whether all of it is known to hold for a read that began before {@code nowNanos}. */
    boolean hold(long nowNanos);

    /** Whether something of it is known not to hold any more. Both may be false: nobody vouches for it now. */
    boolean areVoid();
}
