package io.cacheservice.internal.zones;

/** The removals that one zone has yet to hear; delivered as soon as it can be reached. Safe for use by many threads. */
public interface Debts {
    /** Keeps the removal of {@code key}; answers whether there was room. */
    boolean add(byte[] key);

    /** What a change of {@code key} makes needless that the zone accepts, if taken before it was sent: see {@link #settled}. */
    Object mark(byte[] key);

    /** The zone has accepted a change of {@code key} that was sent after {@code mark} was taken. */
    void settled(byte[] key, Object mark);

    /** How many wait. */
    int size();

    /** Delivers no more. */
    void close();
}
