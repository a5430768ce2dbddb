package io.cacheservice.internal.entry;

import static io.cacheservice.internal.entry.Layout.CHECKSUM;
import static io.cacheservice.internal.entry.Layout.CODEC;
import static io.cacheservice.internal.entry.Layout.ENTRY_ID;
import static io.cacheservice.internal.entry.Layout.FLAGS;
import static io.cacheservice.internal.entry.Layout.HEADER_LENGTH;
import static io.cacheservice.internal.entry.Layout.KIND;
import static io.cacheservice.internal.entry.Layout.MAGIC;
import static io.cacheservice.internal.entry.Layout.MAGIC_VALUE;
import static io.cacheservice.internal.entry.Layout.VERSION;

import io.cacheservice.spi.StoredString;
import java.nio.ByteBuffer;

/**
 * The 32 bytes of a lease and of an error marker, which are frozen: all that is left of version 1, so that programs of all versions
 * see each other's leases.
 */
final class Markers {
    static final int VERSION_VALUE = 1;
    static final int LENGTH = 32;

    private static final int KEPT = 26;
    private static final long FOR_EVER = (1L << 48) - 1;

    private Markers() {}

    static byte[] encode(EntryHeader header) {
        EntryLife life = header.life();
        long kept = life.isForEver() ? FOR_EVER : life.keptMillis();
        byte[] marker = ByteBuffer.allocate(LENGTH)
                .putShort(MAGIC, (short) MAGIC_VALUE)
                .put(VERSION, (byte) VERSION_VALUE)
                .put(KIND, (byte) header.kind().code())
                .putShort(HEADER_LENGTH, (short) LENGTH)
                .putLong(ENTRY_ID, header.entryId())
                .putShort(KEPT, (short) (kept >>> 32))
                .putInt(KEPT + 2, (int) kept)
                .array();
        ByteBuffer.wrap(marker).putInt(CHECKSUM, EntryCodec.checksum(marker));
        return marker;
    }

    /** What bytes of version 1, whose checksum holds, say. */
    static Decoded decode(StoredString stored) {
        byte[] first = stored.first();
        if (first.length != LENGTH || stored.length() != LENGTH) {
            return new Decoded.Undecodable(Decoded.Why.CORRUPT);
        }
        ByteBuffer in = ByteBuffer.wrap(first);
        EntryKind kind = EntryKind.of(Byte.toUnsignedInt(in.get(KIND)));
        if (kind == null || !kind.isMarker() || saysMore(in)) {
            return new Decoded.Undecodable(Decoded.Why.CORRUPT);
        }
        long kept = Short.toUnsignedLong(in.getShort(KEPT)) << 32 | Integer.toUnsignedLong(in.getInt(KEPT + 2));
        if (kept == 0) {
            return new Decoded.Undecodable(Decoded.Why.CORRUPT);
        }
        EntryLife life = EntryLife.of(kept == FOR_EVER ? EntryLife.FOR_EVER : kept);
        EntryHeader header = EntryHeader.marker(kind, in.getLong(ENTRY_ID), life);
        return new Decoded.Stored(header, LENGTH, 0);
    }

    /** Whether anything but the id and the kept life is said. */
    private static boolean saysMore(ByteBuffer in) {
        return in.getShort(FLAGS) != 0
                || in.getShort(HEADER_LENGTH) != LENGTH
                || in.getInt(CODEC) != 0
                || in.getShort(CODEC + 4) != 0;
    }

    /** Whether bytes look like one, as scripts judge it too: without the checksum. */
    static boolean isOne(byte[] bytes) {
        return bytes.length == LENGTH
                && EntryCodec.beginsAsEntry(bytes)
                && bytes[VERSION] == VERSION_VALUE
                && (bytes[KIND] == EntryKind.LEASE.code() || bytes[KIND] == EntryKind.ERROR.code());
    }
}
