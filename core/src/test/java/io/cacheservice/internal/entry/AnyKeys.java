package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** What must hold for any cache name and any key whatever. */
final class AnyKeys {
    private static final int MAX_KEY_BYTES = 64;
    private static final String PREFIX = "cache:";
    private static final RedisKeys KEYS = new RedisKeys(PREFIX, MAX_KEY_BYTES);

    private AnyKeys() {}

    /** Writes the key both ways and checks that it can be read back, or that it was refused for a reason. */
    static void check(String name, String key) {
        checkByteKey(key);
        checkCacheKey(name, key);
    }

    private static void checkByteKey(String key) {
        byte[] written;
        try {
            written = KEYS.byteKey(key);
        } catch (IllegalArgumentException refused) {
            checkRefusal(key, refused);
            return;
        }
        assertThat(text(written)).isEqualTo(PREFIX + ":" + key);
        assertThat(written.length).isBetween(PREFIX.length() + 2, PREFIX.length() + 1 + MAX_KEY_BYTES);
    }

    private static void checkCacheKey(String name, String key) {
        byte[] written;
        try {
            written = KEYS.cacheKey(name, key);
        } catch (IllegalArgumentException refused) {
            boolean nameIsGood = name.matches("[A-Za-z0-9._-]+");
            checkRefusal(nameIsGood ? key : null, refused);
            return;
        }
        String own = text(written).substring(PREFIX.length());
        assertThat(own.charAt(0)).as("no byte key, no key of our own").isNotIn(':', '~');
        assertThat(own.substring(0, own.indexOf(':'))).isEqualTo(name);
        assertThat(own.substring(own.indexOf(':') + 1)).isEqualTo(key);
    }

    private static void checkRefusal(@Nullable String key, IllegalArgumentException refused) {
        assertThat(refused).hasMessageContaining("refused");
        assertThat(refused.getMessage()).hasSizeLessThan(1_000).doesNotContain("\n");
        if (key != null) {
            assertThat(key.isEmpty() || Utf8.length(key) < 0 || Utf8.length(key) > MAX_KEY_BYTES)
                    .isTrue();
        }
    }

    private static String text(byte[] utf8) {
        try {
            return Utf8.decode(utf8, 0, utf8.length);
        } catch (CharacterCodingException e) {
            throw new AssertionError("a key was written that is not UTF-8", e);
        }
    }
}
