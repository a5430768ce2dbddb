package io.cacheservice.internal.entry;

/** What the bytes under a key turned out to be. */
public sealed interface Decoded {
    /**
     * An entry of this format whose checksum holds.
     *
     * @param payloadOffset where the payload begins in the array that was decoded
     * @param payloadLength how many bytes it has, up to the end of that array
     */
    record Stored(EntryHeader header, int payloadOffset, int payloadLength) implements Decoded {}

    /** A plain decimal, as {@code INCRBY} writes it; the bytes themselves are the value for byte reads. */
    record Counter(long value) implements Decoded {}

    /** Nothing this version can use: a counted miss. */
    record Undecodable(Why why) implements Decoded {}

    /** Why bytes cannot be used. */
    enum Why {
        /** They begin as an entry and end before its header does. */
        TOO_SHORT,
        /** Neither an entry nor a counter: another program wrote them. */
        FOREIGN,
        /** A later version wrote them. They must not be replaced by this one, other than by a set of a user. */
        NEWER_FORMAT,
        /** They are damaged: the checksum or the structure does not hold. */
        CORRUPT,
        /** The payload, or a section of the header, is larger than allowed. */
        TOO_BIG
    }
}
