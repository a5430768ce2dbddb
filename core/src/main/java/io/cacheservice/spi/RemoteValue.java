package io.cacheservice.spi;

import org.jspecify.annotations.Nullable;

/**
 * What Redis holds under a key.
 *
 * @param stored the stored bytes; null: nothing is there
 * @param remainingMillis time until Redis removes it, {@link #FOR_EVER}, {@link #NOT_ASKED} or {@link #WRONG_TYPE}
 * @param sentAtNanos when the command was sent, on the tier's clock: what the answer is good from
 * @param fromReplica whether a replica answered, so that it may be older than that
 * @param proof what vouches for the answer after {@code sentAtNanos}; null: nothing does
 */
public record RemoteValue(
        @Nullable StoredString stored,
        long remainingMillis,
        long sentAtNanos,
        boolean fromReplica,
        @Nullable Proof proof) {
    /** The key has no end. */
    public static final long FOR_EVER = -1;
    /** The remaining time was not asked for. */
    public static final long NOT_ASKED = -3;
    /** Something is there, but no bytes: a list, a hash or another type that a cache never writes. */
    public static final long WRONG_TYPE = -4;

    /** An answer of the master that nothing vouches for. */
    public RemoteValue(byte @Nullable [] bytes, long remainingMillis, long sentAtNanos) {
        this(bytes, remainingMillis, sentAtNanos, null);
    }

    /** An answer of the master. */
    public RemoteValue(byte @Nullable [] bytes, long remainingMillis, long sentAtNanos, @Nullable Proof proof) {
        this(bytes == null ? null : StoredString.of(bytes), remainingMillis, sentAtNanos, false, proof);
    }

    /** The stored bytes in one array, owned by the receiver; null: nothing is there. */
    public byte @Nullable [] bytes() {
        return stored == null ? null : stored.whole();
    }

    /** The same answer, of a replica. */
    public RemoteValue ofReplica() {
        return new RemoteValue(stored, remainingMillis, sentAtNanos, true, null);
    }

    /**
     * Nothing is there.
     *
     * @param proof what vouches for that after {@code sentAtNanos}; null: nothing does
     */
    public static RemoteValue absent(long sentAtNanos, @Nullable Proof proof) {
        return new RemoteValue((StoredString) null, NOT_ASKED, sentAtNanos, false, proof);
    }

    /** What a read of a key answers that holds no bytes but another type: to be counted as undecodable, not as absent. */
    public static RemoteValue wrongType(long sentAtNanos) {
        return new RemoteValue((StoredString) null, WRONG_TYPE, sentAtNanos, false, null);
    }

    /** Whether the key holds another type than bytes; {@link #bytes()} is null then. */
    public boolean isWrongType() {
        return remainingMillis == WRONG_TYPE;
    }
}
