package io.cacheservice.internal.entry;

import static io.cacheservice.internal.entry.Layout.CHECKSUM;
import static io.cacheservice.internal.entry.Layout.CODEC;
import static io.cacheservice.internal.entry.Layout.COMMON_LENGTH;
import static io.cacheservice.internal.entry.Layout.DICTIONARY_LENGTH;
import static io.cacheservice.internal.entry.Layout.ENTRY_ID;
import static io.cacheservice.internal.entry.Layout.EPOCH_LENGTH;
import static io.cacheservice.internal.entry.Layout.FIXED_LENGTH;
import static io.cacheservice.internal.entry.Layout.FLAGS;
import static io.cacheservice.internal.entry.Layout.FLAG_DICTIONARY;
import static io.cacheservice.internal.entry.Layout.FLAG_EPOCH;
import static io.cacheservice.internal.entry.Layout.FLAG_KEPT;
import static io.cacheservice.internal.entry.Layout.FLAG_LIVES;
import static io.cacheservice.internal.entry.Layout.FLAG_LOAD_COST;
import static io.cacheservice.internal.entry.Layout.FLAG_LZ4;
import static io.cacheservice.internal.entry.Layout.FLAG_METADATA;
import static io.cacheservice.internal.entry.Layout.FLAG_SCHEMA;
import static io.cacheservice.internal.entry.Layout.FLAG_SEALED;
import static io.cacheservice.internal.entry.Layout.FLAG_TAGS;
import static io.cacheservice.internal.entry.Layout.FLAG_WIDE;
import static io.cacheservice.internal.entry.Layout.FLAG_ZSTD;
import static io.cacheservice.internal.entry.Layout.HEADER_LENGTH;
import static io.cacheservice.internal.entry.Layout.KIND;
import static io.cacheservice.internal.entry.Layout.LOAD_COST_LENGTH;
import static io.cacheservice.internal.entry.Layout.MAGIC;
import static io.cacheservice.internal.entry.Layout.MAGIC_VALUE;
import static io.cacheservice.internal.entry.Layout.METADATA_CONTENT_TYPE;
import static io.cacheservice.internal.entry.Layout.METADATA_VALIDATOR;
import static io.cacheservice.internal.entry.Layout.NARROW_LONGEST;
import static io.cacheservice.internal.entry.Layout.SCHEMA_LENGTH;
import static io.cacheservice.internal.entry.Layout.SEALED_LENGTH;
import static io.cacheservice.internal.entry.Layout.TAG_LENGTH;
import static io.cacheservice.internal.entry.Layout.VERSION;
import static io.cacheservice.internal.entry.Layout.VERSION_VALUE;
import static io.cacheservice.internal.entry.Layout.WIDE_LENGTH;
import static io.cacheservice.internal.entry.Layout.has;
import static io.cacheservice.internal.entry.Layout.lengthIf;

import io.cacheservice.spi.StoredString;
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
        if (header.kind().isMarker()) {
            return Markers.encode(header);
        }
        int flags = flags(header);
        int headerLength = headerLength(header, flags);
        if (payload.length > Integer.MAX_VALUE - headerLength) {
            throw new IllegalArgumentException("a payload of " + payload.length + " bytes is too big for one entry");
        }
        ByteBuffer out = ByteBuffer.allocate(headerLength + payload.length);
        putFixedPart(out, header, flags, headerLength);
        putSections(out, header, flags);
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
        return decode(StoredString.of(bytes), maxPayloadBytes);
    }

    /** The same of bytes that may be in two pieces. */
    public static Decoded decode(StoredString stored, int maxPayloadBytes) {
        byte[] first = stored.first();
        int length = stored.length();
        if (!beginsAsEntry(first)) {
            OptionalLong counter = PlainDecimal.parse(first, 0, first.length);
            return counter.isPresent()
                    ? new Decoded.Counter(counter.getAsLong())
                    : undecodable(length > maxPayloadBytes ? Decoded.Why.TOO_BIG : Decoded.Why.FOREIGN);
        }
        if (length < COMMON_LENGTH) {
            return undecodable(Decoded.Why.TOO_SHORT);
        }
        ByteBuffer in = ByteBuffer.wrap(first);
        int headerLength = Short.toUnsignedInt(in.getShort(HEADER_LENGTH));
        if (headerLength < COMMON_LENGTH || headerLength > length) {
            return undecodable(Decoded.Why.CORRUPT);
        }
        if (length - headerLength > maxPayloadBytes) {
            return undecodable(Decoded.Why.TOO_BIG);
        }
        // before the version is looked at: no later version moves the checksum, so a damaged version is not "newer"
        if (in.getInt(CHECKSUM) != checksum(stored)) {
            return undecodable(Decoded.Why.CORRUPT);
        }
        if (first[VERSION] == Markers.VERSION_VALUE) {
            return Markers.decode(stored);
        }
        if (isNewer(in)) {
            return undecodable(Decoded.Why.NEWER_FORMAT);
        }
        return new HeaderReader(in, headerLength, length - headerLength).read();
    }

    /** Whether {@code bytes}, which are a whole entry, have the checksum that they name; false also when they are none. */
    public static boolean checksumHolds(byte[] bytes) {
        return beginsAsEntry(bytes)
                && bytes.length >= COMMON_LENGTH
                && ByteBuffer.wrap(bytes).getInt(CHECKSUM) == checksum(bytes);
    }

    /** Whether what may be an entry says that its payload is compressed. Nothing is checked. */
    public static boolean claimsCompression(byte[] bytes) {
        return HeaderReader.compression(claimedFlags(bytes)) != Compressed.NONE.id();
    }

    /**
     * The dictionary that what may be an entry says it needs; 0: none. Nothing is checked but lengths, so that this is cheap: only
     * {@link #decode} can be believed.
     */
    public static int dictionaryClaimedBy(byte[] bytes) {
        int flags = claimedFlags(bytes);
        if (!has(flags, FLAG_DICTIONARY)) {
            return 0;
        }
        int place = FIXED_LENGTH
                + durationsLength(flags)
                + lengthIf(flags, FLAG_LOAD_COST, LOAD_COST_LENGTH)
                + lengthIf(flags, FLAG_SCHEMA, SCHEMA_LENGTH);
        return place + DICTIONARY_LENGTH > bytes.length
                ? 0
                : ByteBuffer.wrap(bytes).getInt(place);
    }

    /** None where bytes are no entry of this version. */
    private static int claimedFlags(byte[] bytes) {
        boolean isOne = bytes.length >= FIXED_LENGTH && beginsAsEntry(bytes) && bytes[VERSION] == VERSION_VALUE;
        return isOne ? Byte.toUnsignedInt(bytes[FLAGS]) << 8 | Byte.toUnsignedInt(bytes[FLAGS + 1]) : 0;
    }

    /** CRC32C of the whole entry, with the field that holds it taken as zero. */
    static int checksum(byte[] entry) {
        return checksum(StoredString.of(entry));
    }

    private static int checksum(StoredString entry) {
        byte[] first = entry.first();
        byte[] payload = entry.payload();
        CRC32C crc = new CRC32C();
        crc.update(first, 0, CHECKSUM);
        crc.update(NO_CHECKSUM, 0, NO_CHECKSUM.length);
        crc.update(first, CODEC, first.length - CODEC);
        if (payload != null) {
            crc.update(payload, 0, payload.length);
        }
        return (int) crc.getValue();
    }

    static boolean beginsAsEntry(byte[] bytes) {
        boolean first = bytes.length > 0 && bytes[MAGIC] == (byte) (MAGIC_VALUE >> 8);
        return first && (bytes.length == 1 || bytes[MAGIC + 1] == (byte) MAGIC_VALUE);
    }

    /** Whether {@code stored} is a mark that a load leaves, and no value. */
    public static boolean isMarker(StoredString stored) {
        return stored.length() == Markers.LENGTH && Markers.isOne(stored.first());
    }

    private static boolean isNewer(ByteBuffer in) {
        int flags = in.getShort(FLAGS);
        return Byte.toUnsignedInt(in.get(VERSION)) > VERSION_VALUE
                || Byte.toUnsignedInt(in.get(KIND)) > EntryKind.ERROR.code()
                || has(flags, ~Layout.KNOWN_FLAGS)
                || HeaderReader.compression(flags) > Compressed.ZSTD;
    }

    private static Decoded undecodable(Decoded.Why why) {
        return new Decoded.Undecodable(why);
    }

    private static int headerLength(EntryHeader header, int flags) {
        int tags = header.tags().size() - (has(flags, FLAG_EPOCH) ? 1 : 0);
        return FIXED_LENGTH
                + durationsLength(flags)
                + lengthIf(flags, FLAG_LOAD_COST, LOAD_COST_LENGTH)
                + lengthIf(flags, FLAG_SCHEMA, SCHEMA_LENGTH)
                + lengthIf(flags, FLAG_DICTIONARY, DICTIONARY_LENGTH)
                + lengthIf(flags, FLAG_EPOCH, EPOCH_LENGTH)
                + lengthIf(flags, FLAG_TAGS, 1 + tags * TAG_LENGTH)
                + lengthIf(flags, FLAG_METADATA, 1 + itemLength(header.contentType()) + itemLength(header.validator()))
                + lengthIf(flags, FLAG_SEALED, SEALED_LENGTH);
    }

    /** Of the life kept and of the lives within it. */
    private static int durationsLength(int flags) {
        int one = Layout.durationLength(flags);
        return lengthIf(flags, FLAG_KEPT, one) + lengthIf(flags, FLAG_LIVES, 2 * one);
    }

    private static int itemLength(@Nullable String text) {
        return text == null ? 0 : 2 + text.length();
    }

    private static int flags(EntryHeader header) {
        EntryLife life = header.life();
        List<TagEpoch> tags = header.tags();
        boolean isOfCache = !tags.isEmpty() && tags.get(0).isOfCache();
        return flag(FLAG_KEPT, !life.isForEver())
                | flag(FLAG_LIVES, !life.isFreshAsLongAsKept())
                | flag(FLAG_WIDE, life.keptMillis() > NARROW_LONGEST)
                | flag(FLAG_LOAD_COST, header.loadCostMicros() != EntryHeader.COST_UNKNOWN)
                | flag(FLAG_SCHEMA, header.schema() != 0)
                | flag(FLAG_LZ4, header.compressed().id() == Compressed.LZ4)
                | flag(FLAG_ZSTD, header.compressed().id() == Compressed.ZSTD)
                | flag(FLAG_DICTIONARY, header.compressed().dictionary() != 0)
                | flag(FLAG_EPOCH, isOfCache)
                | flag(FLAG_TAGS, tags.size() > (isOfCache ? 1 : 0))
                | flag(FLAG_METADATA, header.contentType() != null || header.validator() != null)
                | flag(FLAG_SEALED, header.sealedWith() != EntryHeader.NOT_SEALED);
    }

    private static int flag(int flag, boolean isSet) {
        return isSet ? flag : 0;
    }

    private static void putFixedPart(ByteBuffer out, EntryHeader header, int flags, int headerLength) {
        out.putShort(MAGIC, (short) MAGIC_VALUE)
                .put(VERSION, (byte) VERSION_VALUE)
                .put(KIND, (byte) header.kind().code())
                .putShort(FLAGS, (short) flags)
                .putShort(HEADER_LENGTH, (short) headerLength)
                .putLong(ENTRY_ID, header.entryId())
                .put(CODEC, (byte) header.codecId())
                .position(FIXED_LENGTH);
    }

    private static void putSections(ByteBuffer out, EntryHeader header, int flags) {
        putDurations(out, header.life(), flags);
        if (has(flags, FLAG_LOAD_COST)) {
            out.putInt((int) header.loadCostMicros());
        }
        if (has(flags, FLAG_SCHEMA)) {
            out.putInt(header.schema());
        }
        if (has(flags, FLAG_DICTIONARY)) {
            out.putInt(header.compressed().dictionary());
        }
        putEpochs(out, header.tags(), flags);
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

    private static void putEpochs(ByteBuffer out, List<TagEpoch> tags, int flags) {
        int first = 0;
        if (has(flags, FLAG_EPOCH)) {
            TagEpoch ofCache = tags.get(first++);
            out.putLong(ofCache.epochHigh()).putLong(ofCache.epochLow());
        }
        if (has(flags, FLAG_TAGS)) {
            out.put((byte) (tags.size() - first));
            for (TagEpoch tag : tags.subList(first, tags.size())) {
                out.putLong(tag.nameHash()).putLong(tag.epochHigh()).putLong(tag.epochLow());
            }
        }
    }

    private static void putDurations(ByteBuffer out, EntryLife life, int flags) {
        int length = Layout.durationLength(flags);
        if (has(flags, FLAG_KEPT)) {
            putMillis(out, life.keptMillis(), length);
        }
        if (has(flags, FLAG_LIVES)) {
            putMillis(out, life.freshMillis(), length);
            putMillis(out, life.staleMillis(), length);
        }
    }

    private static void putMillis(ByteBuffer out, long millis, int length) {
        if (length == WIDE_LENGTH) {
            out.putShort((short) (millis >>> 32));
        }
        out.putInt((int) millis);
    }
}
