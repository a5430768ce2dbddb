package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisKeysTest {
    private static final RedisKeys KEYS = new RedisKeys("cache:", 4096);

    @Test
    void aByteKeyStandsBehindThePrefixAndAColon() {
        assertThat(text(KEYS.byteKey("user:42"))).isEqualTo("cache::user:42");
    }

    @Test
    void aKeyOfACacheStandsBehindItsName() {
        assertThat(text(KEYS.cacheKey("users", "42"))).isEqualTo("cache:users:42");
    }

    @Test
    void aKeyOfOurOwnStandsBehindATilde() {
        assertThat(text(KEYS.ownKey("canary"))).isEqualTo("cache:~canary");
    }

    @Test
    void keysAreUtf8() {
        assertThat(KEYS.byteKey("ö世🎈")).isEqualTo("cache::ö世🎈".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theEmptyKeyIsRefused() {
        assertThatThrownBy(() -> KEYS.byteKey(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab\ud800", "ab\udc00", "ab\udc00\ud800", "ab\ud800\ud800\udc00"})
    void halfASurrogatePairIsRefusedWithItsPlace(String key) {
        assertThatThrownBy(() -> KEYS.cacheKey("users", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index 2")
                .hasMessageContaining("hexadecimal or Base64")
                .hasMessageContaining("ab\\uD");
    }

    @Test
    void theLongestKeyIsAcceptedAndALongerOneRefusedWithItsSize() {
        RedisKeys keys = new RedisKeys("p", 200);
        assertThat(keys.byteKey("ö".repeat(100))).hasSize(202);
        assertThatThrownBy(() -> keys.byteKey("ö".repeat(100) + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key '" + "ö".repeat(64)
                        + "...' of 201 bytes is refused: maxKeyBytes is 200; use a digest of the long part as the key,"
                        + " or raise maxKeyBytes");
    }

    @Test
    void aRefusedKeyCannotForgeALineOfTheLog() {
        assertThatThrownBy(() -> new RedisKeys("p", 1).byteKey("a\nb\u202ec\u2028d"))
                .hasMessageContaining("a\\u000Ab\\u202Ec\\u2028d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "~a", "a b", "é", "a\n", "{a}", "*"})
    void aCacheNameWithOtherCharactersIsRefused(String name) {
        assertThatThrownBy(() -> KEYS.cacheKey(name, "k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Users-v2.1_x", "0", ".", "-"})
    void aCacheNameOfPlainCharactersIsAccepted(String name) {
        assertThat(RedisKeys.requireCacheName(name)).isEqualTo(name);
    }

    @Property
    void differentKeysNeverMeet(
            @ForAll @StringLength(min = 1, max = 4) @Chars({'a', '.', '-'}) String name,
            @ForAll @StringLength(min = 1, max = 4) @Chars({'a', '.', '-'}) String otherName,
            @ForAll @StringLength(min = 1, max = 6) @Chars({':', '~', 'a', '.', '-'}) String key,
            @ForAll @StringLength(min = 1, max = 6) @Chars({':', '~', 'a', '.', '-'}) String otherKey) {
        List<byte[]> written = List.of(KEYS.byteKey(key), KEYS.cacheKey(name, key), KEYS.ownKey(key));
        List<byte[]> others =
                List.of(KEYS.byteKey(otherKey), KEYS.cacheKey(otherName, otherKey), KEYS.ownKey(otherKey));
        for (int i = 0; i < written.size(); i++) {
            for (int j = 0; j < others.size(); j++) {
                boolean same = i == j && key.equals(otherKey) && (i != 1 || name.equals(otherName));
                assertThat(Arrays.equals(written.get(i), others.get(j))).isEqualTo(same);
            }
        }
    }

    @Property
    void theLengthInUtf8IsThatOfTheJvm(@ForAll @CharRange(from = 0, to = '\uffff') String text) {
        boolean hasForm = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        assertThat(Utf8.length(text) >= 0).isEqualTo(hasForm);
        if (hasForm) {
            assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
