package io.cacheservice.internal.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says of itself before its payload. Immutable; a header that exists can be written.
 *
 * @param kind what the entry stands for
 * @param entryId random; no two writes share one. Of a {@link EntryKind#LEASE} it is the token
 * @param codecId which encoding the payload has, 0 to 255
 * @param schema the version of the value's shape, ordered, not negative
 * @param life how long it is fresh, usable and kept
 * @param loadCostMicros how long the source took, up to 2^32 - 1, or {@link #COST_UNKNOWN}
 * @param tags the epochs of its tags, at most {@link #MAX_TAGS}; the first may be that of the cache, {@link TagEpoch#isOfCache}
 * @param contentType the media type of a byte value; 1 to 255 printable ASCII characters; null: not said
 * @param validator what the source calls this state of the value, such as an ETag; as contentType
 * @param sealedWith the number of the key with which the payload is encrypted; {@link #NOT_SEALED}: it is not
 * @param compressed how the payload was made shorter, before it was encrypted
 */
public record EntryHeader(
        EntryKind kind,
        long entryId,
        int codecId,
        int schema,
        EntryLife life,
        long loadCostMicros,
        List<TagEpoch> tags,
        @Nullable String contentType,
        @Nullable String validator,
        int sealedWith,
        Compressed compressed) {
    /** The payload is not encrypted. */
    public static final int NOT_SEALED = 0;

    /** The entry did not come from a source, or nobody measured. */
    public static final long COST_UNKNOWN = -1;

    /** The most tags that one entry can carry. */
    public static final int MAX_TAGS = 64;

    /** The dearest load that can be told; longer ones count as this. */
    public static final long MAX_LOAD_COST_MICROS = (1L << 32) - 1;

    /** Checks that the fields can be written. */
    public EntryHeader {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(life, "life");
        tags = List.copyOf(tags);
        require(codecId >= 0 && codecId <= 255, "codec id", codecId, "0 to 255");
        require(schema >= 0, "schema tag", schema, "0 to 2147483647");
        require(
                loadCostMicros >= COST_UNKNOWN && loadCostMicros <= MAX_LOAD_COST_MICROS,
                "load cost in microseconds",
                loadCostMicros,
                "0 to 4294967295, or -1 for unknown");
        require(tags.size() <= MAX_TAGS, "number of tags", tags.size(), "at most " + MAX_TAGS + " for one entry");
        for (int i = 1; i < tags.size(); i++) {
            require(!tags.get(i).isOfCache(), "the epoch of the cache as tag number", i + 1, "it to be the first");
        }
        requireText(contentType, "content type");
        requireText(validator, "validator");
        require(
                sealedWith == NOT_SEALED || (sealedWith > 0 && kind == EntryKind.VALUE),
                "number of a key",
                sealedWith,
                "0, or more where there is a value");
        require(
                compressed.isKnown() && (!compressed.isAny() || kind == EntryKind.VALUE),
                "compression",
                compressed,
                "1 or 2 where there is a value, with a dictionary only 2");
        if (kind.isMarker()) {
            require(
                    codecId == 0
                            && schema == 0
                            && loadCostMicros == COST_UNKNOWN
                            && tags.isEmpty()
                            && contentType == null
                            && validator == null
                            && life.isFreshAsLongAsKept(),
                    "marker",
                    kind,
                    "an id and a kept life and nothing else: its bytes are frozen");
        }
    }

    private static void require(boolean holds, String what, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "entry header: " + what + " " + value + " is refused: expected " + allowed);
        }
    }

    private static void requireText(@Nullable String text, String what) {
        if (text != null) {
            require(isShortText(text), what, "'" + Shown.shortened(text) + "'", "1 to 255 printable ASCII characters");
        }
    }

    /** Whether {@code text} can be kept beside a value: 1 to 255 printable ASCII characters. */
    public static boolean isShortText(String text) {
        return !text.isEmpty() && text.length() <= 255 && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** The header of a value. */
    public static EntryHeader value(long entryId, int codecId, int schema, EntryLife life) {
        return new EntryHeader(
                EntryKind.VALUE,
                entryId,
                codecId,
                schema,
                life,
                COST_UNKNOWN,
                List.of(),
                null,
                null,
                NOT_SEALED,
                Compressed.NONE);
    }

    /** The header of "the source has none", as the cache with this codec and schema learned it. */
    public static EntryHeader none(long entryId, int codecId, int schema, EntryLife life) {
        return new EntryHeader(
                EntryKind.NONE,
                entryId,
                codecId,
                schema,
                life,
                COST_UNKNOWN,
                List.of(),
                null,
                null,
                NOT_SEALED,
                Compressed.NONE);
    }

    /** The placeholder of a lease that {@code token} names. */
    public static EntryHeader lease(long token, long keptMillis) {
        return marker(EntryKind.LEASE, token, EntryLife.of(keptMillis));
    }

    /** The mark that a failed load leaves. */
    public static EntryHeader error(long entryId, long keptMillis) {
        return marker(EntryKind.ERROR, entryId, EntryLife.of(keptMillis));
    }

    static EntryHeader marker(EntryKind kind, long entryId, EntryLife life) {
        return new EntryHeader(
                kind, entryId, 0, 0, life, COST_UNKNOWN, List.of(), null, null, NOT_SEALED, Compressed.NONE);
    }

    /** This header as that of another write with another life. */
    public EntryHeader rewritten(long newEntryId, EntryLife newLife) {
        return new EntryHeader(
                kind,
                newEntryId,
                codecId,
                schema,
                newLife,
                loadCostMicros,
                tags,
                contentType,
                validator,
                sealedWith,
                compressed);
    }

    /** This header with the cost of the load. */
    public EntryHeader withLoadCostMicros(long micros) {
        return new EntryHeader(
                kind,
                entryId,
                codecId,
                schema,
                life,
                Math.min(micros, MAX_LOAD_COST_MICROS),
                tags,
                contentType,
                validator,
                sealedWith,
                compressed);
    }

    /** This header with these tags. */
    public EntryHeader withTags(List<TagEpoch> newTags) {
        return new EntryHeader(
                kind,
                entryId,
                codecId,
                schema,
                life,
                loadCostMicros,
                newTags,
                contentType,
                validator,
                sealedWith,
                compressed);
    }

    /** This header with this content type. */
    public EntryHeader withContentType(@Nullable String newContentType) {
        return new EntryHeader(
                kind,
                entryId,
                codecId,
                schema,
                life,
                loadCostMicros,
                tags,
                newContentType,
                validator,
                sealedWith,
                compressed);
    }

    /** What decides what the payload means, for whoever authenticates it: not its life, which changes, nor its tags. */
    public byte[] meaning() {
        byte[] type = ascii(contentType);
        byte[] state = ascii(validator);
        int compression = compressed.isAny() ? 5 : 0;
        ByteBuffer meaning = ByteBuffer.allocate(7 + type.length + state.length + compression)
                .put((byte) codecId)
                .putInt(schema)
                .put((byte) type.length)
                .put(type)
                .put((byte) state.length)
                .put(state);
        // nothing where there is none: so it was before there was any
        return compressed.isAny()
                ? meaning.put((byte) compressed.id())
                        .putInt(compressed.dictionary())
                        .array()
                : meaning.array();
    }

    private static byte[] ascii(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.US_ASCII);
    }
}
