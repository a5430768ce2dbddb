package io.cacheservice;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one key: in the tier of record, and of the copy in front of it. Immutable, but for the value's array,
 * which is its receiver's.
 *
 * @param tier who was asked
 * @param place where it is, or would be, in Redis; empty in the local tier
 * @param removalWaits whether it was removed while Redis was away, so that reads treat what is there as absent
 * @param stored what is there; empty: nothing
 * @param copy what this process holds of it in front of Redis; empty: nothing
 */
public record EntryDetails(
        Tier tier, Optional<Place> place, boolean removalWaits, Optional<Stored> stored, Optional<Copy> copy) {
    /** What the stored bytes are. */
    public enum Format {
        /** An object of this process: the local tier keeps no bytes of its own. */
        OBJECT,
        /** An entry with a header, see {@code docs/wire-format.md}. */
        FRAMED,
        /** A plain decimal, as increments write it. */
        COUNTER,
        /** Bytes of another program. */
        FOREIGN,
        /** An entry of a later version of this program. */
        NEWER_FORMAT,
        /** An entry that is damaged. */
        CORRUPT,
        /** An entry that ends before its header does. */
        TOO_SHORT,
        /** An entry that is larger than {@code maxValueBytes}. */
        TOO_BIG,
        /** A list, a hash or another type of Redis that is no string of bytes. */
        OTHER_TYPE
    }

    /** Whether a local copy may be given to a read, or why not. */
    public enum Standing {
        /** It may be. */
        USABLE,
        /** Its key has changed since. */
        CHANGED,
        /** Its own life is over. */
        EXPIRED,
        /** The server was flushed since, or its slot went to another server. */
        REVOKED,
        /** It is older than {@code maxStaleness}, and no connection vouches for it up to a moment that is near enough. */
        UNPROVEN
    }

    /**
     * The copy in this process, in front of Redis.
     *
     * @param standing whether a read could be given it at that moment
     * @param bytes what it counts against the local bound
     * @param age since the command that read it, or the load that made it, was started
     * @param remaining until its own life is over; empty: never
     * @param connection on which it was read, and changes of it are announced as long as that lives; empty: none are, so
     *     that it is used for {@code maxStaleness} only
     * @param provenAge how long ago the moment was up to which that connection has heard every change; empty: it vouches
     *     for nothing
     * @param header what the entry says of itself; empty where it only says that there is none, or was never stored
     */
    public record Copy(
            Standing standing,
            int bytes,
            Duration age,
            Optional<Duration> remaining,
            Optional<String> connection,
            Optional<Duration> provenAge,
            Optional<Header> header) {
        /** Whether it was read on a connection on which changes are announced. */
        public boolean isTracked() {
            return connection.isPresent();
        }
    }

    /**
     * Where a key is.
     *
     * @param node the server that answered
     * @param slot the hash slot, in a Cluster
     */
    public record Place(String node, OptionalInt slot) {}

    /**
     * What is there.
     *
     * @param type the type that Redis names, such as {@code string}; {@code object} in the local tier
     * @param format what the bytes are
     * @param storedBytes bytes of the string in Redis, header included; in the local tier what counts against its bound
     * @param valueBytes bytes of the value, where it can be read
     * @param remaining until the key is removed; empty: never
     * @param checksumHolds whether the entry's checksum does; empty: it has none, or is not read as a whole
     * @param header what the entry says of itself, where that can be read
     * @param usage what Redis says of the key
     * @param value its bytes, where they can be read; null otherwise
     */
    @SuppressWarnings("ArrayRecordComponent") // carried to the answer, never compared
    public record Stored(
            String type,
            Format format,
            OptionalLong storedBytes,
            OptionalLong valueBytes,
            Optional<Duration> remaining,
            Optional<Boolean> checksumHolds,
            Optional<Header> header,
            Optional<Usage> usage,
            byte @Nullable [] value) {}

    /**
     * What an entry says of itself.
     *
     * @param kind {@code value}, {@code none}, {@code lease}, {@code error} or {@code counter}
     * @param version names exactly this entry
     * @param age since it was written or loaded; zero for an entry without end in Redis, which does not know
     * @param fresh until it expires; empty: never
     * @param stale until it can no longer serve as a fallback; empty: never
     * @param kept how long it was to be kept when it was written; empty: for ever, or nobody knows
     * @param codecId how the value is encoded, see {@code docs/wire-format.md}
     * @param schema the version of the value's shape
     * @param encryptedWith the number of the key with which the value is encrypted; empty: it is not
     * @param compression how the value was made shorter: {@code lz4} or {@code zstd}; empty: it was not, or nobody knows
     * @param dictionary the number of the dictionary that it was compressed with, in 8 hexadecimal digits; empty: none
     * @param contentType the media type it was stored with
     * @param loadCost what the load took
     * @param tags how many it has
     */
    public record Header(
            String kind,
            EntryVersion version,
            Duration age,
            Optional<Duration> fresh,
            Optional<Duration> stale,
            Optional<Duration> kept,
            OptionalInt codecId,
            OptionalInt schema,
            OptionalInt encryptedWith,
            Optional<String> compression,
            Optional<String> dictionary,
            Optional<String> contentType,
            Optional<Duration> loadCost,
            int tags) {}

    /**
     * What Redis says of a key, each where its user may ask and its policy counts it.
     *
     * @param encoding of the value within Redis
     * @param memoryBytes that key and value take there
     * @param idle since the last access, unless the eviction policy is an LFU one
     * @param accessFrequency Redis' logarithmic counter, with an LFU policy only
     */
    public record Usage(
            Optional<String> encoding,
            OptionalLong memoryBytes,
            Optional<Duration> idle,
            OptionalLong accessFrequency) {}
}
