package io.cacheservice.testkit.fuzz;

import io.cacheservice.internal.entry.Compressed;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.entry.EntryKind;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.TagEpoch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Entries as Redis holds them, one of each shape. */
public final class SampleEntries {
    private static final int CHECKSUM = 16;

    private SampleEntries() {}

    static Corpus corpus() {
        List<byte[]> entries = new ArrayList<>();
        for (int tags : new int[] {0, 1, 3, EntryHeader.MAX_TAGS}) {
            entries.add(EntryCodec.encode(header(EntryLife.of(60_000), tags, null, null, 0), payload(40)));
        }
        entries.add(EntryCodec.encode(header(EntryLife.of(EntryLife.FOR_EVER), 0, "text/plain", null, 0), payload(0)));
        entries.add(
                EntryCodec.encode(header(new EntryLife(1_000, 60_000, 90_000), 2, "a/b", "\"etag\"", 7), payload(500)));
        entries.add(EntryCodec.encode(header(new EntryLife(1, 2, 1L << 40), 1, null, null, 0), payload(1)));
        entries.add(
                EntryCodec.encode(header(new EntryLife(0, 1, 1), 0, "x".repeat(255), "y".repeat(255), 0), payload(3)));
        for (EntryKind kind : EntryKind.values()) {
            if (kind != EntryKind.VALUE) {
                entries.add(EntryCodec.encode(new EntryHeader(
                        kind,
                        5,
                        0,
                        0,
                        EntryLife.of(5_000),
                        EntryHeader.COST_UNKNOWN,
                        List.of(),
                        null,
                        null,
                        0,
                        Compressed.NONE)));
            }
        }
        entries.add("-9223372036854775808".getBytes(StandardCharsets.US_ASCII));
        entries.add("0".getBytes(StandardCharsets.US_ASCII));
        return Corpus.of(
                entries,
                List.of(
                        new byte[] {(byte) 0xc5, (byte) 0xce, 1},
                        new byte[] {(byte) 0xc5, (byte) 0xce, 2},
                        new byte[16],
                        new byte[24],
                        new byte[6]));
    }

    private static EntryHeader header(
            EntryLife life, int tags, @Nullable String contentType, @Nullable String validator, int sealedWith) {
        return new EntryHeader(
                EntryKind.VALUE,
                0x0123456789abcdefL,
                3,
                1,
                life,
                1_234,
                epochs(tags),
                contentType,
                validator,
                sealedWith,
                tags == 3 ? new Compressed(Compressed.ZSTD, 5) : Compressed.NONE);
    }

    /** Of the cache where there is more than one. */
    private static List<TagEpoch> epochs(int count) {
        List<TagEpoch> epochs = new ArrayList<>(Collections.nCopies(count, new TagEpoch(1, 2, 3)));
        if (count > 1) {
            epochs.set(0, new TagEpoch(TagEpoch.CLEAR, 2, 3));
        }
        return epochs;
    }

    private static byte[] payload(int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) i;
        }
        return payload;
    }

    /** Makes the checksum hold again, as somebody would who made the bytes on purpose. */
    public static byte[] withChecksum(byte[] entry) {
        if (entry.length >= CHECKSUM + 4) {
            CRC32C checksum = new CRC32C();
            checksum.update(entry, 0, CHECKSUM);
            checksum.update(new byte[4]);
            checksum.update(entry, CHECKSUM + 4, entry.length - CHECKSUM - 4);
            ByteBuffer.wrap(entry).putInt(CHECKSUM, (int) checksum.getValue());
        }
        return entry;
    }
}
