package io.cacheservice.spi;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a Redis string. Those of an entry may be in two pieces, header and payload, so that a value which is its payload
 * needs no second copy. Owned by the receiver; for one thread at a time.
 */
public final class StoredString {
    /** Where every version of the format has the length of the header: see {@code docs/wire-format.md}. */
    private static final int HEADER_LENGTH_AT = 6;

    private static final int LEAST_HEADER_BYTES = 20;
    private static final int MAGIC = 0xC5CE;

    private final byte[] first;
    private final byte @Nullable [] payload;

    private StoredString(byte[] first, byte @Nullable [] payload) {
        this.first = first;
        this.payload = payload;
    }

    /** Those bytes, which are not copied. */
    public static StoredString of(byte[] bytes) {
        return new StoredString(bytes, null);
    }

    /** A copy of what remains in {@code bytes}, in two pieces where it begins as an entry does. */
    public static StoredString copyOf(ByteBuffer bytes) {
        int length = bytes.remaining();
        int begin = bytes.position();
        int header = length >= LEAST_HEADER_BYTES && number(bytes, begin) == MAGIC
                ? number(bytes, begin + HEADER_LENGTH_AT)
                : 0;
        if (header < LEAST_HEADER_BYTES || header > length) {
            return of(next(bytes, length));
        }
        return new StoredString(next(bytes, header), next(bytes, length - header));
    }

    private static int number(ByteBuffer bytes, int at) {
        return Byte.toUnsignedInt(bytes.get(at)) << 8 | Byte.toUnsignedInt(bytes.get(at + 1));
    }

    private static byte[] next(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    /** How many bytes they are. */
    public int length() {
        return first.length + (payload == null ? 0 : payload.length);
    }

    /** The header where they are in two pieces, else all. */
    public byte[] first() {
        return first;
    }

    /** What follows the header; null: they are not in two pieces. */
    public byte @Nullable [] payload() {
        return payload;
    }

    /** All, in one array. */
    public byte[] whole() {
        if (payload == null) {
            return first;
        }
        byte[] whole = new byte[length()];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(payload, 0, whole, first.length, payload.length);
        return whole;
    }
}
