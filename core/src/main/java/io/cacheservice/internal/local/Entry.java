package io.cacheservice.internal.local;

import io.cacheservice.EntryVersion;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
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
    private final long staleUntilNanos;
    private final long id;
    private final int costMicros;
    private final int bytes;
    private final Kind kind;
    private final Notes notes;
    private final @Nullable EntryVersion plainVersion;
    private final @Nullable Stamps stamps;

    /**
     * When an entry was made and how long it is good.
     *
     * @param asOfNanos when the command or load that produced it was started, or {@link #AS_OF_UNKNOWN}
     * @param freshUntilNanos when it expires, or {@link #FOR_EVER}
     * @param staleUntilNanos until when it may serve as a fallback, not before it expires; or {@link #FOR_EVER}
     * @param costNanos how long the load took; 0: it was not loaded, or nobody knows
     */
    public record Times(long asOfNanos, long freshUntilNanos, long staleUntilNanos, long costNanos) {
        /** Of no use once it has expired, and not loaded. */
        public Times(long asOfNanos, long freshUntilNanos) {
            this(asOfNanos, freshUntilNanos, freshUntilNanos, 0);
        }
    }

    /**
     * What is kept beside a value.
     *
     * @param contentType its media type
     * @param validator what the source calls this state of it, such as an ETag
     */
    public record Notes(
            @Nullable String contentType, @Nullable String validator) {
        /** Nothing. */
        public static final Notes NONE = new Notes(null, null);

        /** Only a media type, or nothing. */
        public static Notes contentType(@Nullable String mediaType) {
            return of(mediaType, null);
        }

        /** Both, or nothing. */
        public static Notes of(@Nullable String mediaType, @Nullable String validator) {
            return mediaType == null && validator == null ? NONE : new Notes(mediaType, validator);
        }
    }

    /** How an entry came to be. */
    public enum Kind {
        /** Written as a whole. */
        VALUE,
        /** Written by an older version of this program, in another shape. */
        OF_OLDER_SCHEMA,
        /** Written by a newer version of this program, in another shape: no load of this one replaces it. */
        OF_NEWER_SCHEMA,
        /** Made by increments, which alone may change it. */
        COUNTER,
        /** A load's result that was given to those who waited and not stored. */
        UNSTORED,
        /** Written while Redis was away: only this process has it. */
        LOCAL_ONLY,
        /** None: what is remembered is that there was nothing. */
        ABSENT
    }

    /**
     * An entry.
     *
     * @param value null: "the source has none"
     * @param id names this entry
     * @param bytes what it counts against the memory bound
     * @param plainVersion its version when the stored bytes have no id
     */
    public Entry(
            @Nullable V value,
            Times times,
            long id,
            int bytes,
            Kind kind,
            Notes notes,
            @Nullable EntryVersion plainVersion) {
        this(value, times, id, bytes, kind, notes, plainVersion, null);
    }

    private Entry(
            @Nullable V value,
            Times times,
            long id,
            int bytes,
            Kind kind,
            Notes notes,
            @Nullable EntryVersion plainVersion,
            @Nullable Stamps stamps) {
        this.stamps = stamps;
        this.value = value;
        this.asOfNanos = times.asOfNanos();
        this.freshUntilNanos = times.freshUntilNanos();
        this.staleUntilNanos = times.staleUntilNanos();
        this.costMicros = (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMicros(times.costNanos()));
        this.id = id;
        this.bytes = bytes;
        this.kind = kind;
        this.notes = notes;
        this.plainVersion = plainVersion;
    }

    /** {@code entry} again, counting {@code bytes}. */
    protected Entry(Entry<V> entry, int bytes) {
        this(entry.value, entry.times(), entry.id, bytes, entry.kind, entry.notes, entry.plainVersion, entry.stamps);
    }

    /** The same, void as soon as {@code shared} is; null: on its own. */
    public Entry<V> with(@Nullable Stamps shared) {
        return shared == null ? this : new Entry<>(value, times(), id, bytes, kind, notes, plainVersion, shared);
    }

    /** The same value, as old as it is, with another life and id. */
    public Entry<V> withLife(long newFreshUntilNanos, long newId) {
        long fallbackNanos = staleUntilNanos - freshUntilNanos;
        long newStaleUntilNanos = newFreshUntilNanos == FOR_EVER ? FOR_EVER : newFreshUntilNanos + fallbackNanos;
        Times newTimes = new Times(asOfNanos, newFreshUntilNanos, newStaleUntilNanos, costNanos());
        return new Entry<>(value, newTimes, newId, bytes, kind, notes, plainVersion, stamps);
    }

    private Times times() {
        return new Times(asOfNanos, freshUntilNanos, staleUntilNanos, costNanos());
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

    /** Until when it may serve as a fallback, or {@link #FOR_EVER}. */
    public long staleUntilNanos() {
        return staleUntilNanos;
    }

    /** Whether it has not expired at {@code nowNanos}. */
    public boolean isFresh(long nowNanos) {
        return freshUntilNanos == FOR_EVER || nowNanos - freshUntilNanos < 0;
    }

    /** Whether it may serve as a fallback at {@code nowNanos}, or is fresh. */
    public boolean isFallback(long nowNanos) {
        return staleUntilNanos == FOR_EVER || nowNanos - staleUntilNanos < 0;
    }

    /** How long its load took; 0 when it was not loaded, or nobody knows. */
    public long costNanos() {
        return TimeUnit.MICROSECONDS.toNanos(costMicros);
    }

    /** Nanoseconds from {@code nowNanos} on that a map keeps it, unless it needs the room. */
    protected long keptNanos(long nowNanos) {
        return staleUntilNanos == FOR_EVER ? FOR_EVER : staleUntilNanos - nowNanos;
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

    /** Whether its value was made of one in the shape of another version of this program. */
    public boolean isMigrated() {
        return kind == Kind.OF_OLDER_SCHEMA || kind == Kind.OF_NEWER_SCHEMA;
    }

    /** Whether a newer version of this program wrote it, in a shape of its own. */
    public boolean isOfNewerSchema() {
        return kind == Kind.OF_NEWER_SCHEMA;
    }

    /** Whether it says that there is nothing. */
    public boolean isAbsent() {
        return kind == Kind.ABSENT;
    }

    /** Whether only this process has it, since Redis was away when it was written. */
    public boolean isLocalOnly() {
        return kind == Kind.LOCAL_ONLY;
    }

    /** Whether its version is that of its bytes, which have no id. */
    public boolean isPlain() {
        return plainVersion != null;
    }

    /** What it is void with; null: nothing. */
    public @Nullable Stamps stamps() {
        return stamps;
    }

    /** What is kept beside the value. */
    public Notes notes() {
        return notes;
    }

    /** Its version, for compare-and-set; null when it was not stored. */
    public @Nullable EntryVersion version() {
        if (kind == Kind.UNSTORED || kind == Kind.ABSENT || kind == Kind.LOCAL_ONLY) {
            return null;
        }
        return plainVersion != null
                ? plainVersion
                : EntryVersion.parse(HexFormat.of().toHexDigits(id));
    }
}
