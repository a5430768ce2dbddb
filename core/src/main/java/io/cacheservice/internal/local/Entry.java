package io.cacheservice.internal.local;

import io.cacheservice.EntryVersion;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One decoded entry, as a process holds it: the value and what is known of it. Immutable. Extended only by what a local
 * copy of an entry in Redis adds.
 *
 * @param <V> the value
 */
public class Entry<V> {
    /** A {@link #freshUntilNanos} that never comes. */
    public static final long FOR_EVER = Long.MAX_VALUE;
    /** An {@link #asOfNanos} that nobody knows: what is stored does not tell. */
    public static final long AS_OF_UNKNOWN = Long.MIN_VALUE;

    private final @Nullable V value;
    private final long asOfNanos;
    private final long freshUntilNanos;
    private final long id;
    private final int bytes;
    private final Kind kind;
    private final @Nullable String contentType;
    private final @Nullable EntryVersion plainVersion;

    /** How an entry came to be. */
    public enum Kind {
        /** Written as a whole. */
        VALUE,
        /** Made by increments, which alone may change it. */
        COUNTER,
        /** A load's result that was given to those who waited and not stored. */
        UNSTORED,
        /** None: what is remembered is that there was nothing. */
        ABSENT
    }

    /**
     * An entry.
     *
     * @param value null: "the source has none"
     * @param asOfNanos when the command or load that produced it was started, or {@link #AS_OF_UNKNOWN}
     * @param freshUntilNanos when it expires, or {@link #FOR_EVER}
     * @param id names this entry
     * @param bytes what it counts against the memory bound
     * @param contentType the media type kept with it
     * @param plainVersion its version when the stored bytes have no id
     */
    public Entry(
            @Nullable V value,
            long asOfNanos,
            long freshUntilNanos,
            long id,
            int bytes,
            Kind kind,
            @Nullable String contentType,
            @Nullable EntryVersion plainVersion) {
        this.value = value;
        this.asOfNanos = asOfNanos;
        this.freshUntilNanos = freshUntilNanos;
        this.id = id;
        this.bytes = bytes;
        this.kind = kind;
        this.contentType = contentType;
        this.plainVersion = plainVersion;
    }

    /** {@code entry} again, counting {@code bytes}. */
    protected Entry(Entry<V> entry, int bytes) {
        this(
                entry.value,
                entry.asOfNanos,
                entry.freshUntilNanos,
                entry.id,
                bytes,
                entry.kind,
                entry.contentType,
                entry.plainVersion);
    }

    /** The same value, as old as it is, with another life and id. */
    public Entry<V> withLife(long newFreshUntilNanos, long newId) {
        return new Entry<>(value, asOfNanos, newFreshUntilNanos, newId, bytes, kind, contentType, plainVersion);
    }

    /** The value; null: "the source has none". */
    public @Nullable V value() {
        return value;
    }

    /** When the command or load that produced it was started, or {@link #AS_OF_UNKNOWN}. */
    public long asOfNanos() {
        return asOfNanos;
    }

    /** When it expires, or {@link #FOR_EVER}. */
    public long freshUntilNanos() {
        return freshUntilNanos;
    }

    /** Nanoseconds until it expires at {@code nowNanos}, or {@link #FOR_EVER}. */
    public long remainingNanos(long nowNanos) {
        return freshUntilNanos == FOR_EVER ? FOR_EVER : freshUntilNanos - nowNanos;
    }

    /** Nanoseconds from {@code nowNanos} on that a map keeps it, unless it needs the room. */
    protected long keptNanos(long nowNanos) {
        return remainingNanos(nowNanos);
    }

    /** It is in its map no longer; on any thread, perhaps while others use the map. */
    protected void left() {}

    /** Nanoseconds since it was produced at {@code nowNanos}; zero when unknown. */
    public long ageNanos(long nowNanos) {
        return asOfNanos == AS_OF_UNKNOWN ? 0 : Math.max(0, nowNanos - asOfNanos);
    }

    /** What it counts against the memory bound. */
    public int bytes() {
        return bytes;
    }

    /** Whether increments may change it. */
    public boolean isCounter() {
        return kind == Kind.COUNTER;
    }

    /** Whether it says that there is nothing. */
    public boolean isAbsent() {
        return kind == Kind.ABSENT;
    }

    /** Whether its version is that of its bytes, which have no id. */
    public boolean isPlain() {
        return plainVersion != null;
    }

    /** The media type kept with it. */
    public @Nullable String contentType() {
        return contentType;
    }

    /** Its version, for compare-and-set; null when it was not stored. */
    public @Nullable EntryVersion version() {
        if (kind == Kind.UNSTORED || kind == Kind.ABSENT) {
            return null;
        }
        return plainVersion != null
                ? plainVersion
                : EntryVersion.parse(HexFormat.of().toHexDigits(id));
    }
}
