package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What must hold for the decoding of any bytes whatever. */
final class AnyBytes {
    static final int MAX_PAYLOAD = 512;

    private AnyBytes() {}

    /** Decodes the bytes and checks that what came out stands in them. */
    static Decoded check(byte[] bytes) {
        Decoded decoded = EntryCodec.decode(bytes, MAX_PAYLOAD);
        if (decoded instanceof Decoded.Stored stored) {
            assertThat(stored.payloadLength()).isBetween(0, MAX_PAYLOAD);
            assertThat(stored.payloadOffset() + stored.payloadLength()).isEqualTo(bytes.length);
            byte[] payload = Arrays.copyOfRange(bytes, stored.payloadOffset(), bytes.length);
            byte[] again = EntryCodec.encode(stored.header(), payload);
            assertThat(((Decoded.Stored) EntryCodec.decode(again, MAX_PAYLOAD)).header())
                    .isEqualTo(stored.header());
            assertThat(Versions.of(bytes))
                    .isEqualTo(Versions.framed(stored.header().entryId()));
        } else if (decoded instanceof Decoded.Counter counter) {
            assertThat(PlainDecimal.bytes(counter.value())).isEqualTo(bytes);
        }
        return decoded;
    }

    /** The bytes with a magic and a checksum that hold, so that the structure behind them is reached. */
    static byte[] sealed(byte[] bytes) {
        byte[] sealed = Arrays.copyOf(bytes, Math.max(bytes.length, Layout.FIXED_LENGTH));
        ByteBuffer.wrap(sealed).putShort(Layout.MAGIC, (short) Layout.MAGIC_VALUE);
        ByteBuffer.wrap(sealed).putInt(Layout.CHECKSUM, EntryCodec.checksum(sealed));
        return sealed;
    }
}
