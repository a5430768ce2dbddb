package io.cacheservice.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @ParameterizedTest
    @ValueSource(
            strings = {
                KEY,
                "0 " + KEY,
                "-1 " + KEY,
                "2147483648 " + KEY,
                "one " + KEY,
                "1 " + KEY + " more",
                "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
                "1 not-base64-at-all-but-of-the-right-length!!",
                "1"
            })
    void aLineThatIsNoKeyIsNamedAndNeverShown(String line) {
        assertThatThrownBy(() -> KeyRing.parse("keys", List.of("# a comment", line)))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("keys line 2")
                .hasMessageContaining("Base64 of 32 bytes")
                .message()
                .doesNotContain("AAEC")
                .doesNotContain("not-base64");
    }

    @Test
    void aFileWithoutAKeyIsRefusedWithTheWayToMakeOne() {
        assertThatThrownBy(() -> KeyRing.parse("keys", List.of("", "# none")))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void aNumberOrAKeyThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> KeyRing.parse("keys", List.of("1 " + KEY, "1 " + KEY.replace("AAE", "BBE"))))
                .hasMessageContaining("key 1 is there already");
        assertThatThrownBy(() -> KeyRing.parse("keys", List.of("1 " + KEY, "2 " + KEY)))
                .hasMessageContaining("the same key as number 1");
    }

    @Test
    void itsTextHasNoKey() {
        assertThat(KeyRing.parse("keys", List.of("1 " + KEY))).hasToString("KeyRing[1]");
    }
}
