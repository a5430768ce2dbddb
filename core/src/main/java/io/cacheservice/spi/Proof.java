package io.cacheservice.spi;

/**
 * What a connection to Redis vouches for: that every change of what was read under this proof has been heard up to a moment.
 *
 * <p>A value read under a proof is as good at that moment as if it had been read then, unless its key was reported to the
 * {@link ChangeListener}. Safe for use by many threads; read on every local hit.
 */
public interface Proof {
    /**
     * The moment, on the tier's clock, up to which every change has been heard. A connection that is lost, or no longer
     * trusted, vouches for nothing: the moment is then years ago.
     */
    long heardUntilNanos();

    /** Whether what was read under this proof must not be used any more, however young it is: the server was flushed. */
    boolean isRevoked();

    /** Which connection it is, for people: {@code 10.0.0.2:6379/0}. */
    String connection();
}
