package io.cacheservice.internal.entry;

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
import static io.cacheservice.internal.entry.Layout.KEPT;
import static io.cacheservice.internal.entry.Layout.KEPT_FOR_EVER;
import static io.cacheservice.internal.entry.Layout.KIND;
import static io.cacheservice.internal.entry.Layout.LIVES_LENGTH;
import static io.cacheservice.internal.entry.Layout.LOAD_COST_LENGTH;
import static io.cacheservice.internal.entry.Layout.MAX_METADATA_ITEMS;
import static io.cacheservice.internal.entry.Layout.METADATA_CONTENT_TYPE;
import static io.cacheservice.internal.entry.Layout.METADATA_VALIDATOR;
import static io.cacheservice.internal.entry.Layout.SCHEMA;
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
 * Reads the header of one entry of version 1 whose checksum holds and whose flags are known. A checksum is no proof against
 * bytes that somebody made on purpose, so every length is still checked here. Used once, by one thread.
 */
final class HeaderReader {
    private final ByteBuffer in;
    private final int headerLength;
    private final int flags;
    private Decoded.@Nullable Why flaw;

    private long freshMillis;
    private long staleMillis;
    private long loadCostMicros = EntryHeader.COST_UNKNOWN;
    private List<TagEpoch> tags = List.of();
    private @Nullable String contentType;
    private @Nullable String validator;
    private int sealedWith = EntryHeader.NOT_SEALED;
    private int dictionary;

    HeaderReader(ByteBuffer in, int headerLength) {
        this.in = in;
        this.headerLength = headerLength;
        this.flags = in.getShort(FLAGS);
    }

    Decoded read() {
        EntryKind kind = EntryKind.of(Byte.toUnsignedInt(in.get(KIND)));
        int codec = Byte.toUnsignedInt(in.get(CODEC));
        int schema = in.getInt(SCHEMA);
        in.position(KEPT);
        long kept = millis();
        boolean forEver = kept == KEPT_FOR_EVER;
        freshMillis = forEver ? EntryLife.FOR_EVER : kept;
        staleMillis = freshMillis;
        readSections();
        if (flaw == null && in.position() != headerLength) {
            flaw = Decoded.Why.CORRUPT;
        }
        if (flaw != null) {
            return new Decoded.Undecodable(flaw);
        }
        Compressed compressed = new Compressed(Byte.toUnsignedInt(in.get(COMPRESSION)), dictionary);
        if (kind == null
                || in.get(VERSION) != VERSION_VALUE
                || schema < 0
                || !compressed.isKnown()
                || (compressed.isAny() && kind != EntryKind.VALUE)
                || (hasSection(FLAG_DICTIONARY) && dictionary == 0)
                || (hasSection(FLAG_SEALED) && (sealedWith <= 0 || kind != EntryKind.VALUE))
                || (forEver ? hasSection(FLAG_LIVES) : !EntryLife.isOrdered(freshMillis, staleMillis, kept))
                || (kind != EntryKind.VALUE && headerLength != in.limit())
                || (kind.isMarker() && (headerLength != FIXED_LENGTH || codec != 0 || schema != 0))) {
            return new Decoded.Undecodable(Decoded.Why.CORRUPT);
        }
        EntryLife life = new EntryLife(freshMillis, staleMillis, forEver ? EntryLife.FOR_EVER : kept);
        EntryHeader header = new EntryHeader(
                kind,
                in.getLong(ENTRY_ID),
                codec,
                schema,
                life,
                loadCostMicros,
                tags,
                contentType,
                validator,
                sealedWith,
                compressed);
        return new Decoded.Stored(header, headerLength, in.limit() - headerLength);
    }

    private void readSections() {
        if (hasSection(FLAG_LIVES) && isThere(LIVES_LENGTH)) {
            freshMillis = millis();
            staleMillis = millis();
        }
        if (hasSection(FLAG_LOAD_COST) && isThere(LOAD_COST_LENGTH)) {
            loadCostMicros = Integer.toUnsignedLong(in.getInt());
        }
        if (hasSection(FLAG_DICTIONARY) && isThere(DICTIONARY_LENGTH)) {
            dictionary = in.getInt();
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

    private void readTags(int count) {
        if (isAllowed(count, EntryHeader.MAX_TAGS) && isThere(count * TAG_LENGTH)) {
            List<TagEpoch> read = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                read.add(new TagEpoch(in.getLong(), in.getLong(), in.getLong()));
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
        return (flags & flag) != 0;
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

    private long millis() {
        return Short.toUnsignedLong(in.getShort()) << 32 | Integer.toUnsignedLong(in.getInt());
    }
}
