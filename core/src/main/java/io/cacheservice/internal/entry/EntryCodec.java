package io.cacheservice.internal.entry;

import static io.cacheservice.internal.entry.Layout.CHECKSUM;
import static io.cacheservice.internal.entry.Layout.CODEC;
import static io.cacheservice.internal.entry.Layout.COMPRESSION;
import static io.cacheservice.internal.entry.Layout.DICTIONARY_LENGTH;
import static io.cacheservice.internal.entry.Layout.ENTRY_ID;
import static io.cacheservice.internal.entry.Layout.FIXED_LENGTH;
import static io.cacheservice.internal.entry.Layout.FLAGS;
import static io.cacheservice.internal.entry.Layout.FLAG_DICTIONARY;
import static io.cacheservice.internal.entry.Layout.FLAG_LIVES;
import static io.cacheservice.internal.entry.Layout.FLAG_LOAD_COST;
import static io.cacheservice.internal.entry.Layout.FLAG_METADATA;
import static io.cacheservice.internal.entry.Layout.FLAG_SEALED;
import static io.cacheservice.internal.entry.Layout.FLAG_TAGS;
import static io.cacheservice.internal.entry.Layout.HEADER_LENGTH;
import static io.cacheservice.internal.entry.Layout.KEPT;
import static io.cacheservice.internal.entry.Layout.KEPT_FOR_EVER;
import static io.cacheservice.internal.entry.Layout.KIND;
import static io.cacheservice.internal.entry.Layout.LIVES_LENGTH;
import static io.cacheservice.internal.entry.Layout.LOAD_COST_LENGTH;
import static io.cacheservice.internal.entry.Layout.MAGIC;
import static io.cacheservice.internal.entry.Layout.MAGIC_VALUE;
import static io.cacheservice.internal.entry.Layout.METADATA_CONTENT_TYPE;
import static io.cacheservice.internal.entry.Layout.METADATA_VALIDATOR;
import static io.cacheservice.internal.entry.Layout.SCHEMA;
import static io.cacheservice.internal.entry.Layout.SEALED_LENGTH;
import static io.cacheservice.internal.entry.Layout.TAG_LENGTH;
import static io.cacheservice.internal.entry.Layout.VERSION;
import static io.cacheservice.internal.entry.Layout.VERSION_VALUE;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries as the bytes that Redis holds and reads them back, as {@code docs/wire-format.md} lays them out.
 *
 * <p>Pure functions, safe for use by many threads. Decoding never throws on any bytes and allocates nothing whose size the
 * bytes choose before that size was checked.
 */
public final class EntryCodec {
    private static final byte[] NO_CHECKSUM = new byte[4];

    private EntryCodec() {}

    /**
     * The header followed by the payload.
     *
     * @throws IllegalArgumentException when a kind without a payload is given one, or both together exceed an array
     */
    public static byte[] encode(EntryHeader header, byte[] payload) {
        if (header.kind() != EntryKind.VALUE && payload.length > 0) {
            throw new IllegalArgumentException("an entry of kind " + header.kind() + " has no payload, but "
                    + payload.length + " bytes were given");
        }
        int headerLength = headerLength(header);
        if (payload.length > Integer.MAX_VALUE - headerLength) {
            throw new IllegalArgumentException("a payload of " + payload.length + " bytes is too big for one entry");
        }
        ByteBuffer out = ByteBuffer.allocate(headerLength + payload.length);
        putFixedPart(out, header, headerLength);
        putSections(out, header);
        out.put(payload);
        return out.putInt(CHECKSUM, checksum(out.array())).array();
    }

    /** The entry of a kind that has no payload. */
    public static byte[] encode(EntryHeader header) {
        return encode(header, new byte[0]);
    }

    /**
     * What {@code bytes} are.
     *
     * @param maxPayloadBytes payloads of more bytes are {@link Decoded.Why#TOO_BIG}
     */
    public static Decoded decode(byte[] bytes, int maxPayloadBytes) {
        if (!beginsAsEntry(bytes)) {
            OptionalLong counter = PlainDecimal.parse(bytes, 0, bytes.length);
            return counter.isPresent()
                    ? new Decoded.Counter(counter.getAsLong())
                    : undecodable(bytes.length > maxPayloadBytes ? Decoded.Why.TOO_BIG : Decoded.Why.FOREIGN);
        }
        if (bytes.length < FIXED_LENGTH) {
            return undecodable(Decoded.Why.TOO_SHORT);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int headerLength = Short.toUnsignedInt(in.getShort(HEADER_LENGTH));
        if (headerLength < FIXED_LENGTH || headerLength > bytes.length) {
            return undecodable(Decoded.Why.CORRUPT);
        }
        if (bytes.length - headerLength > maxPayloadBytes) {
            return undecodable(Decoded.Why.TOO_BIG);
        }
        // before the version is looked at: no later version moves the checksum, so a damaged version is not "newer"
        if (in.getInt(CHECKSUM) != checksum(bytes)) {
            return undecodable(Decoded.Why.CORRUPT);
        }
        if (isNewer(in)) {
            return undecodable(Decoded.Why.NEWER_FORMAT);
        }
        return new HeaderReader(in, headerLength).read();
    }

    /** Whether {@code bytes}, which are a whole entry, have the checksum that they name; false also when they are none. */
    public static boolean checksumHolds(byte[] bytes) {
        return beginsAsEntry(bytes)
                && bytes.length >= FIXED_LENGTH
                && ByteBuffer.wrap(bytes).getInt(CHECKSUM) == checksum(bytes);
    }

    /** Whether what may be an entry says that its payload is compressed. Nothing is checked. */
    public static boolean claimsCompression(byte[] bytes) {
        return bytes.length >= FIXED_LENGTH && beginsAsEntry(bytes) && bytes[COMPRESSION] != 0;
    }

    /**
     * The dictionary that what may be an entry says it needs; 0: none. Nothing is checked but lengths, so that this is cheap: only
     * {@link #decode} can be believed.
     */
    public static int dictionaryClaimedBy(byte[] bytes) {
        if (bytes.length < FIXED_LENGTH + DICTIONARY_LENGTH || !beginsAsEntry(bytes)) {
            return 0;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int flags = in.getShort(FLAGS);
        int place = FIXED_LENGTH
                + ((flags & FLAG_LIVES) != 0 ? LIVES_LENGTH : 0)
                + ((flags & FLAG_LOAD_COST) != 0 ? LOAD_COST_LENGTH : 0);
        return (flags & FLAG_DICTIONARY) == 0 || place + DICTIONARY_LENGTH > bytes.length ? 0 : in.getInt(place);
    }

    /** CRC32C of the whole entry, with the field that holds it taken as zero. */
    static int checksum(byte[] entry) {
        CRC32C crc = new CRC32C();
        crc.update(entry, 0, CHECKSUM);
        crc.update(NO_CHECKSUM, 0, NO_CHECKSUM.length);
        crc.update(entry, CODEC, entry.length - CODEC);
        return (int) crc.getValue();
    }

    static boolean beginsAsEntry(byte[] bytes) {
        boolean first = bytes.length > 0 && bytes[MAGIC] == (byte) (MAGIC_VALUE >> 8);
        return first && (bytes.length == 1 || bytes[MAGIC + 1] == (byte) MAGIC_VALUE);
    }

    /** Whether {@code bytes} are a mark that a load leaves, and no value. */
    public static boolean isMarker(byte[] bytes) {
        return beginsAsEntry(bytes) && (bytes[KIND] == EntryKind.LEASE.code() || bytes[KIND] == EntryKind.ERROR.code());
    }

    private static boolean isNewer(ByteBuffer in) {
        int flags = in.getShort(FLAGS);
        return Byte.toUnsignedInt(in.get(VERSION)) > VERSION_VALUE
                || Byte.toUnsignedInt(in.get(KIND)) > EntryKind.ERROR.code()
                || (flags & ~Layout.KNOWN_FLAGS) != 0
                || Byte.toUnsignedInt(in.get(COMPRESSION)) > Compressed.ZSTD;
    }

    private static Decoded undecodable(Decoded.Why why) {
        return new Decoded.Undecodable(why);
    }

    private static int headerLength(EntryHeader header) {
        int flags = flags(header);
        int length = FIXED_LENGTH;
        length += (flags & FLAG_LIVES) != 0 ? LIVES_LENGTH : 0;
        length += (flags & FLAG_LOAD_COST) != 0 ? LOAD_COST_LENGTH : 0;
        length += (flags & FLAG_DICTIONARY) != 0 ? DICTIONARY_LENGTH : 0;
        length += (flags & FLAG_TAGS) != 0 ? 1 + header.tags().size() * TAG_LENGTH : 0;
        length += (flags & FLAG_METADATA) != 0 ? 1 : 0;
        length += (flags & FLAG_SEALED) != 0 ? SEALED_LENGTH : 0;
        return length + itemLength(header.contentType()) + itemLength(header.validator());
    }

    private static int itemLength(@Nullable String text) {
        return text == null ? 0 : 2 + text.length();
    }

    private static int flags(EntryHeader header) {
        return (header.life().isFreshAsLongAsKept() ? 0 : FLAG_LIVES)
                | (header.loadCostMicros() == EntryHeader.COST_UNKNOWN ? 0 : FLAG_LOAD_COST)
                | (header.compressed().dictionary() == 0 ? 0 : FLAG_DICTIONARY)
                | (header.tags().isEmpty() ? 0 : FLAG_TAGS)
                | (header.contentType() == null && header.validator() == null ? 0 : FLAG_METADATA)
                | (header.sealedWith() == EntryHeader.NOT_SEALED ? 0 : FLAG_SEALED);
    }

    private static void putFixedPart(ByteBuffer out, EntryHeader header, int headerLength) {
        long kept = header.life().isForEver() ? KEPT_FOR_EVER : header.life().keptMillis();
        out.putShort(MAGIC, (short) MAGIC_VALUE)
                .put(VERSION, (byte) VERSION_VALUE)
                .put(KIND, (byte) header.kind().code())
                .putShort(FLAGS, (short) flags(header))
                .putShort(HEADER_LENGTH, (short) headerLength)
                .putLong(ENTRY_ID, header.entryId())
                .put(CODEC, (byte) header.codecId())
                .put(COMPRESSION, (byte) header.compressed().id())
                .putInt(SCHEMA, header.schema())
                .position(KEPT);
        putMillis(out, kept);
    }

    private static void putSections(ByteBuffer out, EntryHeader header) {
        if (!header.life().isFreshAsLongAsKept()) {
            putMillis(out, header.life().freshMillis());
            putMillis(out, header.life().staleMillis());
        }
        if (header.loadCostMicros() != EntryHeader.COST_UNKNOWN) {
            out.putInt((int) header.loadCostMicros());
        }
        if (header.compressed().dictionary() != 0) {
            out.putInt(header.compressed().dictionary());
        }
        putTags(out, header.tags());
        String contentType = header.contentType();
        String validator = header.validator();
        int items = (contentType == null ? 0 : 1) + (validator == null ? 0 : 1);
        if (items > 0) {
            out.put((byte) items);
            putItem(out, METADATA_CONTENT_TYPE, contentType);
            putItem(out, METADATA_VALIDATOR, validator);
        }
        if (header.sealedWith() != EntryHeader.NOT_SEALED) {
            out.putInt(header.sealedWith());
        }
    }

    private static void putItem(ByteBuffer out, int type, @Nullable String text) {
        if (text != null) {
            out.put((byte) type).put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void putTags(ByteBuffer out, List<TagEpoch> tags) {
        if (!tags.isEmpty()) {
            out.put((byte) tags.size());
            for (TagEpoch tag : tags) {
                out.putLong(tag.nameHash()).putLong(tag.epochHigh()).putLong(tag.epochLow());
            }
        }
    }

    private static void putMillis(ByteBuffer out, long millis) {
        out.putShort((short) (millis >>> 32)).putInt((int) millis);
    }
}
