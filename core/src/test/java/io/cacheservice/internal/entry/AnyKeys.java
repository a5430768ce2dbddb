package io.cacheservice.internal.entry;

import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/** What must hold for any cache name and any key whatever. Plain comparisons: it runs millions of times. */
final class AnyKeys {
    private static final int MAX_KEY_BYTES = 64;
    private static final String PREFIX = "cache:";
    private static final RedisKeys KEYS = new RedisKeys(PREFIX, MAX_KEY_BYTES);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private AnyKeys() {}

    /** Writes the key both ways and checks that it can be read back, or that it was refused for a reason. */
    static void check(String name, String key) {
        boolean keyIsGood = !key.isEmpty() && Utf8.length(key) >= 0 && Utf8.length(key) <= MAX_KEY_BYTES;
        boolean nameIsGood = NAME.matcher(name).matches();
        checkByteKey(key, keyIsGood);
        checkCacheKey(name, key, keyIsGood && nameIsGood);
    }

    private static void checkByteKey(String key, boolean good) {
        try {
            String written = text(KEYS.byteKey(key));
            require(good, "a refusal", key);
            require(written.equals(PREFIX + ":" + key), "the key behind a colon", key);
        } catch (IllegalArgumentException refused) {
            checkRefusal(key, good, refused);
        }
    }

    private static void checkCacheKey(String name, String key, boolean good) {
        try {
            String own = text(KEYS.cacheKey(name, key)).substring(PREFIX.length());
            require(good, "a refusal", key);
            int colon = own.indexOf(':');
            require(colon > 0 && own.charAt(0) != '~', "neither a byte key nor a key of our own", key);
            require(own.substring(0, colon).equals(name), "the name up to the first colon", key);
            require(own.substring(colon + 1).equals(key), "the key behind it", key);
        } catch (IllegalArgumentException refused) {
            checkRefusal(key, good, refused);
        }
    }

    private static void checkRefusal(String key, boolean good, IllegalArgumentException refused) {
        String message = String.valueOf(refused.getMessage());
        require(!good, "no refusal", key);
        require(message.contains("refused") && message.length() < 1_000, "a short reason", key);
        require(message.chars().noneMatch(Character::isISOControl), "a reason on one line", key);
    }

    private static void require(boolean holds, String what, String key) {
        if (!holds) {
            throw new AssertionError("expected " + what + " for key '" + Shown.shortened(key) + "'");
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
