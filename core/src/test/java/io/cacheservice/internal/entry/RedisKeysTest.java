package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.internal.RandomInputs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(strings = {"user:42", ":", "~", "ö世🎈", "users:1"})
    void aByteKeyIsReadBackFromItsRedisKey(String key) {
        assertThat(KEYS.byteKeyOf(KEYS.byteKey(key))).isEqualTo(key);
        assertThat(text(KEYS.byteKey(key))).startsWith(text(KEYS.byteKeyPrefix(key.substring(0, 1))));
    }

    @Test
    void keysOfOthersAreNoByteKeys() {
        assertThat(KEYS.byteKeyOf(KEYS.cacheKey("users", "42"))).isNull();
        assertThat(KEYS.byteKeyOf(KEYS.ownKey("canary"))).isNull();
        assertThat(KEYS.byteKeyOf(KEYS.byteKeyPrefix(""))).isNull();
        assertThat(KEYS.byteKeyOf(new byte[] {'c', 'a', 'c', 'h', 'e', ':', ':', -1}))
                .isNull();
        assertThat(KEYS.byteKeyOf(("cache::" + "k".repeat(4097)).getBytes(StandardCharsets.UTF_8)))
                .isNull();
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

    @Test
    void differentKeysNeverMeet() {
        RandomInputs.forAll(
                20_000,
                any -> meetOnlyWhenEqual(
                        any.text("a.-", 1, 4),
                        any.text("a.-", 1, 4),
                        any.text(":~a.-", 1, 6),
                        any.text(":~a.-", 1, 6)));
    }

    private static void meetOnlyWhenEqual(String name, String otherName, String key, String otherKey) {
        List<byte[]> written = List.of(KEYS.byteKey(key), KEYS.cacheKey(name, key), KEYS.ownKey(key));
        List<byte[]> others =
                List.of(KEYS.byteKey(otherKey), KEYS.cacheKey(otherName, otherKey), KEYS.ownKey(otherKey));
        for (int i = 0; i < written.size(); i++) {
            for (int j = 0; j < others.size(); j++) {
                boolean same = i == j && key.equals(otherKey) && (i != 1 || name.equals(otherName));
                assertThat(Arrays.equals(written.get(i), others.get(j)))
                        .as("%s, %s and %s, %s", name, key, otherName, otherKey)
                        .isEqualTo(same);
            }
        }
    }

    @Test
    void theLengthInUtf8IsThatOfTheJvm() {
        RandomInputs.forAll(5_000, any -> hasTheLengthOfTheJvm(any.anyText(30)));
    }

    private static void hasTheLengthOfTheJvm(String text) {
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
