package io.cacheservice.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredStringTest {
    /** The 20 bytes that every version begins with, of a header of 22 bytes. */
    private static final String BEGIN = "c5ce020100000016" + "00".repeat(12);

    @Test
    void anEntryIsCutWhereItsHeaderEnds() {
        StoredString cut = copied(BEGIN + "aabb" + "0102");

        assertThat(cut.first()).isEqualTo(bytes(BEGIN + "aabb"));
        assertThat(cut.payload()).containsExactly(1, 2);
        assertThat(cut.length()).isEqualTo(24);
        assertThat(cut.whole()).isEqualTo(bytes(BEGIN + "aabb0102"));
    }

    @Test
    void anEntryWithoutAPayloadHasAnEmptyOne() {
        StoredString cut = copied(BEGIN + "aabb");

        assertThat(cut.payload()).isEmpty();
        assertThat(cut.whole()).isEqualTo(bytes(BEGIN + "aabb"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c5",
                "c5ce",
                "31323334",
                "c5ce0201000000160000000000000000000000", // shorter than any header
                "c5ce020100000013000000000000000000000000ffff", // a header that is shorter than any
                "c5ce020100000016000000000000000000000000ff", // a header that goes on beyond the end
                "c5cf020100000016000000000000000000000000ffffff"
            })
    void whatIsNoEntryIsInOnePiece(String hex) {
        StoredString whole = copied(hex);

        assertThat(whole.first()).isEqualTo(bytes(hex));
        assertThat(whole.payload()).isNull();
        assertThat(whole.length()).isEqualTo(hex.length() / 2);
        assertThat(whole.whole()).isSameAs(whole.first());
    }

    @Test
    void whatIsCopiedIsWhatRemains() {
        byte[] bytes = bytes("ffff" + BEGIN + "aabb" + "0102" + "ffff");
        ByteBuffer part = ByteBuffer.wrap(bytes).position(2).limit(26);

        StoredString cut = StoredString.copyOf(part);
        Arrays.fill(bytes, (byte) 0);

        assertThat(cut.whole()).isEqualTo(bytes(BEGIN + "aabb0102"));
        assertThat(part.remaining()).isZero();
    }

    private static StoredString copied(String hex) {
        return StoredString.copyOf(ByteBuffer.wrap(bytes(hex)));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
