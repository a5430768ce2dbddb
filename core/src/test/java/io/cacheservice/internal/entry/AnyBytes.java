package io.cacheservice.internal.entry;

import io.cacheservice.spi.StoredString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** What must hold for the decoding of any bytes whatever. Plain comparisons: it runs millions of times. */
final class AnyBytes {
    static final int MAX_PAYLOAD = 512;

    private AnyBytes() {}

    /** Decodes the bytes and checks that what came out stands in them. */
    static Decoded check(byte[] bytes) {
        Decoded decoded = EntryCodec.decode(bytes, MAX_PAYLOAD);
        StoredString copied = StoredString.copyOf(ByteBuffer.wrap(bytes));
        require(Arrays.equals(copied.whole(), bytes), "the same bytes in two pieces", bytes);
        require(EntryCodec.decode(copied, MAX_PAYLOAD).equals(decoded), "the same of them in two pieces", bytes);
        if (decoded instanceof Decoded.Stored stored) {
            int length = stored.payloadLength();
            require(length >= 0 && length <= MAX_PAYLOAD, "a bounded payload", bytes);
            require(stored.payloadOffset() + length == bytes.length, "a payload up to the end", bytes);
            byte[] payload = Arrays.copyOfRange(bytes, stored.payloadOffset(), bytes.length);
            byte[] again = EntryCodec.encode(stored.header(), payload);
            require(
                    EntryCodec.decode(again, MAX_PAYLOAD) instanceof Decoded.Stored same
                            && same.header().equals(stored.header()),
                    "a header that can be written and read again",
                    bytes);
            require(
                    Versions.of(bytes).equals(Versions.framed(stored.header().entryId())),
                    "the version of its id",
                    bytes);
        } else if (decoded instanceof Decoded.Counter counter) {
            require(Arrays.equals(PlainDecimal.bytes(counter.value()), bytes), "one form for each number", bytes);
        }
        return decoded;
    }

    private static void require(boolean holds, String what, byte[] bytes) {
        if (!holds) {
            throw new AssertionError(
                    "expected " + what + " of " + HexFormat.of().formatHex(bytes));
        }
    }

    /** The bytes with a magic and a checksum that hold, so that the structure behind them is reached. */
    static byte[] sealed(byte[] bytes) {
        byte[] sealed = Arrays.copyOf(bytes, Math.max(bytes.length, Layout.COMMON_LENGTH));
        ByteBuffer.wrap(sealed).putShort(Layout.MAGIC, (short) Layout.MAGIC_VALUE);
        ByteBuffer.wrap(sealed).putInt(Layout.CHECKSUM, EntryCodec.checksum(sealed));
        return sealed;
    }
}
