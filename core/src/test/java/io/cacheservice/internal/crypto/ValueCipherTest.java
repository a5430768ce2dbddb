package io.cacheservice.internal.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueCipherTest {
    private static final byte[] WHERE = "cache:users:42".getBytes(UTF_8);
    private static final byte[] MEANING = {2, 0, 0, 0, 7, 0, 0};
    private static final byte[] VALUE = "secret".getBytes(UTF_8);

    private static byte[] key(int from) {
        byte[] key = new byte[KeyRing.KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (from + i);
        }
        return key;
    }

    private static String line(int number, int from) {
        return number + " " + Base64.getEncoder().encodeToString(key(from));
    }

    private static ValueCipher cipher(String... lines) {
        KeyRing ring = KeyRing.parse("keys", List.of(lines));
        return new ValueCipher(() -> ring);
    }

    private final ValueCipher cipher = cipher(line(7, 0));

    private @Nullable String opened(ValueCipher by, byte[] where, byte[] meaning, byte[] sealed) {
        byte[] value = by.open(7, where, meaning, sealed, 0, sealed.length);
        return value == null ? null : new String(value, UTF_8);
    }

    private byte[] sealed() {
        return cipher.seal(7, WHERE, MEANING, VALUE);
    }

    @Test
    void whatIsSealedIsOpenedByWhoHasTheKey() {
        byte[] sealed = sealed();
        assertThat(sealed).hasSize(VALUE.length + ValueCipher.OVERHEAD_BYTES);
        assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
        assertThat(opened(cipher(line(9, 50), line(7, 0)), WHERE, MEANING, sealed))
                .isEqualTo("secret");
    }

    @Test
    void anEmptyValueIsAValue() {
        byte[] sealed = cipher.seal(7, WHERE, MEANING, new byte[0]);
        assertThat(opened(cipher, WHERE, MEANING, sealed)).isEmpty();
    }

    @Test
    void aPlaceInsideOtherBytesIsReadAndNothingAroundIt() {
        byte[] sealed = sealed();
        byte[] around = new byte[sealed.length + 9];
        System.arraycopy(sealed, 0, around, 5, sealed.length);
        assertThat(cipher.open(7, WHERE, MEANING, around, 5, sealed.length)).isEqualTo(VALUE);
    }

    @Test
    void thatTwoValuesAreEqualCannotBeSeen() {
        assertThat(sealed()).isNotEqualTo(sealed());
    }

    @Test
    void aChangedBitAnywhereIsRefused() {
        byte[] sealed = sealed();
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(opened(cipher, WHERE, MEANING, changed)).as("bit " + bit).isNull();
        }
    }

    @Test
    void whatIsTooShortOrTooLongIsRefused() {
        byte[] sealed = sealed();
        for (int length = 0; length < sealed.length; length++) {
            assertThat(opened(cipher, WHERE, MEANING, Arrays.copyOf(sealed, length)))
                    .as("length " + length)
                    .isNull();
        }
        assertThat(opened(cipher, WHERE, MEANING, Arrays.copyOf(sealed, sealed.length + 1)))
                .isNull();
    }

    @Test
    void aValueOfAnotherKeyOrMeaningIsRefused() {
        byte[] sealed = sealed();
        assertThat(opened(cipher, "cache:users:43".getBytes(UTF_8), MEANING, sealed))
                .isNull();
        assertThat(opened(cipher, WHERE, new byte[] {2, 0, 0, 0, 8, 0, 0}, sealed))
                .isNull();
        // what is authenticated is not only the concatenation of both
        assertThat(opened(cipher, "cache:users:4".getBytes(UTF_8), new byte[] {'2', 2, 0, 0, 0, 7, 0, 0}, sealed))
                .isNull();
    }

    @Test
    void anotherKeyOfTheSameNumberIsRefused() {
        assertThat(opened(cipher(line(7, 1)), WHERE, MEANING, sealed())).isNull();
    }

    @Test
    void theFirstKeyEncryptsAndAllAreKnown() {
        ValueCipher rotated = cipher("# in use since May", "", line(9, 50), line(7, 0));
        assertThat(rotated.keyNumber()).isEqualTo(9);
        assertThat(rotated.knows(7)).isTrue();
        assertThat(rotated.knows(8)).isFalse();
        assertThatThrownBy(() -> rotated.seal(8, WHERE, MEANING, VALUE)).isInstanceOf(IllegalStateException.class);
    }

    /** Made by another library (Python, cryptography), from the description in docs/wire-format.md. */
    @Test
    void whatAnotherProgramHasSealedIsOpened() {
        byte[] fixture =
                HexFormat.of().parseHex("a0a1a2a3a4a5a6a7a8a9aaab963b756993d0534fe7ea070a70592f07a4027004c8de");
        assertThat(opened(cipher, WHERE, MEANING, fixture)).isEqualTo("secret");
    }
}
