package io.cacheservice.internal.entry;

import static io.cacheservice.internal.entry.Layout.CODEC;
import static io.cacheservice.internal.entry.Layout.DICTIONARY_LENGTH;
import static io.cacheservice.internal.entry.Layout.ENTRY_ID;
import static io.cacheservice.internal.entry.Layout.EPOCH_LENGTH;
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
import static io.cacheservice.internal.entry.Layout.KIND;
import static io.cacheservice.internal.entry.Layout.LOAD_COST_LENGTH;
import static io.cacheservice.internal.entry.Layout.MAX_METADATA_ITEMS;
import static io.cacheservice.internal.entry.Layout.METADATA_CONTENT_TYPE;
import static io.cacheservice.internal.entry.Layout.METADATA_VALIDATOR;
import static io.cacheservice.internal.entry.Layout.SCHEMA_LENGTH;
import static io.cacheservice.internal.entry.Layout.SEALED_LENGTH;
import static io.cacheservice.internal.entry.Layout.TAG_LENGTH;
import static io.cacheservice.internal.entry.Layout.VERSION;
import static io.cacheservice.internal.entry.Layout.VERSION_VALUE;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of one entry of version 2 whose checksum holds and whose flags are known. A checksum is no proof against
 * bytes that somebody made on purpose, so every length is still checked here. Used once, by one thread.
 */
final class HeaderReader {
    private final ByteBuffer in;
    private final int headerLength;
    private final int payloadLength;
    private final int flags;
    private Decoded.@Nullable Why flaw;

    private int codec;
    private int schema;
    private long keptMillis = EntryLife.FOR_EVER;
    private long freshMillis = EntryLife.FOR_EVER;
    private long staleMillis = EntryLife.FOR_EVER;
    private long loadCostMicros = EntryHeader.COST_UNKNOWN;
    private @Nullable TagEpoch ofCache;
    private List<TagEpoch> tags = List.of();
    private @Nullable String contentType;
    private @Nullable String validator;
    private int sealedWith = EntryHeader.NOT_SEALED;
    private int dictionary;

    /** @param in begins with the header, and may go on after it */
    HeaderReader(ByteBuffer in, int headerLength, int payloadLength) {
        this.in = in;
        this.headerLength = headerLength;
        this.payloadLength = payloadLength;
        this.flags = in.getShort(FLAGS);
    }

    Decoded read() {
        EntryKind kind = EntryKind.of(Byte.toUnsignedInt(in.get(KIND)));
        in.position(CODEC);
        if (isThere(1)) {
            codec = Byte.toUnsignedInt(in.get());
        }
        readSections();
        if (flaw == null && in.position() != headerLength) {
            flaw = Decoded.Why.CORRUPT;
        }
        if (flaw != null) {
            return new Decoded.Undecodable(flaw);
        }
        Compressed compressed = new Compressed(compression(flags), dictionary);
        boolean forEver = !hasSection(FLAG_KEPT);
        if (kind == null
                || kind.isMarker()
                || in.get(VERSION) != VERSION_VALUE
                || schema < 0
                || !compressed.isKnown()
                || (compressed.isAny() && kind != EntryKind.VALUE)
                || (hasSection(FLAG_DICTIONARY) && dictionary == 0)
                || (hasSection(FLAG_SEALED) && (sealedWith <= 0 || kind != EntryKind.VALUE))
                || (forEver
                        ? hasSection(FLAG_LIVES | FLAG_WIDE)
                        : !EntryLife.isOrdered(freshMillis, staleMillis, keptMillis))
                || (kind != EntryKind.VALUE && payloadLength != 0)) {
            return new Decoded.Undecodable(Decoded.Why.CORRUPT);
        }
        EntryHeader header = new EntryHeader(
                kind,
                in.getLong(ENTRY_ID),
                codec,
                schema,
                new EntryLife(freshMillis, staleMillis, keptMillis),
                loadCostMicros,
                tags,
                contentType,
                validator,
                sealedWith,
                compressed);
        return new Decoded.Stored(header, headerLength, payloadLength);
    }

    /** The way that {@code flags} say the payload was made shorter in; over {@link Compressed#ZSTD}: one of a later version. */
    static int compression(int flags) {
        return (Layout.has(flags, FLAG_LZ4) ? Compressed.LZ4 : 0)
                + (Layout.has(flags, FLAG_ZSTD) ? Compressed.ZSTD : 0);
    }

    private void readSections() {
        readDurations();
        if (hasSection(FLAG_LOAD_COST) && isThere(LOAD_COST_LENGTH)) {
            loadCostMicros = Integer.toUnsignedLong(in.getInt());
        }
        if (hasSection(FLAG_SCHEMA) && isThere(SCHEMA_LENGTH)) {
            schema = in.getInt();
        }
        if (hasSection(FLAG_DICTIONARY) && isThere(DICTIONARY_LENGTH)) {
            dictionary = in.getInt();
        }
        if (hasSection(FLAG_EPOCH) && isThere(EPOCH_LENGTH)) {
            ofCache = new TagEpoch(TagEpoch.CLEAR, in.getLong(), in.getLong());
            tags = List.of(ofCache);
        }
        if (hasSection(FLAG_TAGS) && isThere(1)) {
            readTags(Byte.toUnsignedInt(in.get()));
        }
        if (hasSection(FLAG_METADATA) && isThere(1)) {
            readMetadata(Byte.toUnsignedInt(in.get()));
        }
        if (hasSection(FLAG_SEALED) && isThere(SEALED_LENGTH)) {
            sealedWith = in.getInt();
        }
    }

    private void readDurations() {
        int length = Layout.durationLength(flags);
        if (hasSection(FLAG_KEPT) && isThere(length)) {
            keptMillis = millis(length);
            freshMillis = keptMillis;
            staleMillis = keptMillis;
        }
        if (hasSection(FLAG_LIVES) && isThere(2 * length)) {
            freshMillis = millis(length);
            staleMillis = millis(length);
        }
    }

    private void readTags(int count) {
        int first = ofCache == null ? 0 : 1;
        if (isAllowed(first + count, EntryHeader.MAX_TAGS) && isThere(count * TAG_LENGTH)) {
            List<TagEpoch> read = new ArrayList<>(first + count);
            if (ofCache != null) {
                read.add(ofCache);
            }
            for (int i = 0; i < count; i++) {
                TagEpoch tag = new TagEpoch(in.getLong(), in.getLong(), in.getLong());
                if (tag.isOfCache()) {
                    flaw = Decoded.Why.CORRUPT;
                }
                read.add(tag);
            }
            tags = read;
        }
    }

    private void readMetadata(int count) {
        if (!isAllowed(count, MAX_METADATA_ITEMS)) {
            return;
        }
        for (int i = 0; i < count && isThere(2); i++) {
            int type = Byte.toUnsignedInt(in.get());
            int length = Byte.toUnsignedInt(in.get());
            if (isThere(length)) {
                readItem(type, length);
            }
        }
    }

    private void readItem(int type, int length) {
        int end = in.position() + length;
        // items of other types only describe, so a reader that does not know them passes over them
        if (type == METADATA_CONTENT_TYPE) {
            contentType = text(contentType, length);
        } else if (type == METADATA_VALIDATOR) {
            validator = text(validator, length);
        }
        in.position(end);
    }

    private String text(@Nullable String before, int length) {
        byte[] ascii = new byte[length];
        in.get(ascii);
        String text = new String(ascii, StandardCharsets.ISO_8859_1);
        if (before != null || !EntryHeader.isShortText(text)) {
            flaw = Decoded.Why.CORRUPT;
        }
        return text;
    }

    private boolean hasSection(int flag) {
        return Layout.has(flags, flag);
    }

    private boolean isAllowed(int count, int max) {
        if (flaw == null && count > max) {
            flaw = Decoded.Why.TOO_BIG;
        }
        return flaw == null;
    }

    /** Whether the header has {@code length} more bytes; false for ever once it had not. */
    private boolean isThere(int length) {
        if (flaw == null && headerLength - in.position() < length) {
            flaw = Decoded.Why.CORRUPT;
        }
        return flaw == null;
    }

    private long millis(int length) {
        long high = length == Layout.WIDE_LENGTH ? Short.toUnsignedLong(in.getShort()) : 0;
        return high << 32 | Integer.toUnsignedLong(in.getInt());
    }
}
