package io.cacheservice.internal.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal's file.
 *
 * <p>As bytes: the length of the key (4), the kind (1), the CRC-32C of these five (4), the key, the CRC-32C of the key (4). The
 * head has a checksum of its own, so that a length is believed before what it spans is there.
 *
 * @param key the bytes of a Redis key as ISO 8859-1; empty where the kind has none
 */
record JournalRecord(Kind kind, String key) {
    /** What a record says. */
    enum Kind {
        /** The removal of the key is owed. */
        OWED(1),
        /** It is not owed any more. */
        DONE(2),
        /** The key is the epoch with which all entries of a cache end that this journal is about. */
        COVERED(3),
        /** Records were lost once: a cache that is not covered yet may be owed something. */
        DOUBTED(4);

        final int code;

        Kind(int code) {
            this.code = code;
        }

        static @Nullable Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return null;
        }
    }

    static final int HEAD_BYTES = 4 + 1 + 4;
    static final int TAIL_BYTES = 4;

    byte[] bytes() {
        byte[] keyBytes = key.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + keyBytes.length + TAIL_BYTES);
        bytes.putInt(keyBytes.length).put((byte) kind.code);
        return bytes.putInt(checksum(bytes.duplicate().flip()))
                .put(keyBytes)
                .putInt(checksum(ByteBuffer.wrap(keyBytes)))
                .array();
    }

    /** How many bytes the record has. */
    static long size(String key) {
        return (long) HEAD_BYTES + key.length() + TAIL_BYTES;
    }

    /** How many bytes the record that begins at {@code at} has; 0: none begins there. Its head must be there. */
    static long size(ByteBuffer bytes, int at) {
        int length = bytes.getInt(at);
        boolean isHead = length >= 0
                && Kind.of(bytes.get(at + 4)) != null
                && bytes.getInt(at + 5) == checksum(bytes.slice(at, 5));
        return isHead ? (long) HEAD_BYTES + length + TAIL_BYTES : 0;
    }

    /** The record that begins at {@code at}, all of whose bytes are there; null: its key is not what was written. */
    static @Nullable JournalRecord read(ByteBuffer bytes, int at, int size) {
        Kind kind = Kind.of(bytes.get(at + 4));
        byte[] key = new byte[size - HEAD_BYTES - TAIL_BYTES];
        bytes.get(at + HEAD_BYTES, key);
        return kind != null && bytes.getInt(at + size - TAIL_BYTES) == checksum(ByteBuffer.wrap(key))
                ? new JournalRecord(kind, new String(key, StandardCharsets.ISO_8859_1))
                : null;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
