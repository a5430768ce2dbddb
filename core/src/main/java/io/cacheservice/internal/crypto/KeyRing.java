package io.cacheservice.internal.crypto;

import io.cacheservice.CacheConfigException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one moment, by their numbers: the first encrypts, all decrypt. Immutable; never printed.
 *
 * <p>A file has a line for each: its number from 1 to 2147483647 and the Base64 of its 32 bytes. Empty lines, and those that
 * begin with {@code #}, are left out.
 */
final class KeyRing {
    static final int KEY_BYTES = 32;

    private final Map<Integer, DerivingKey> keys = new LinkedHashMap<>();
    private final int first;

    private KeyRing(int first, Map<Integer, byte[]> keys) {
        this.first = first;
        keys.forEach((number, key) -> this.keys.put(number, new DerivingKey(key)));
    }

    /**
     * Reads the lines of a file.
     *
     * @param from for messages
     * @throws CacheConfigException which line is wrong and what is expected; never what it says
     */
    static KeyRing parse(String from, List<String> lines) {
        Map<Integer, byte[]> keys = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(keys, from + " line " + (i + 1), line);
            }
        }
        if (keys.isEmpty()) {
            throw new CacheConfigException(from + " has no key: expected lines of a number and the Base64 of "
                    + KEY_BYTES + " random bytes, such as: echo \"1 $(openssl rand -base64 32)\"");
        }
        return new KeyRing(keys.keySet().iterator().next(), keys);
    }

    private static void add(Map<Integer, byte[]> keys, String where, String line) {
        String[] words = line.split("\\s+", -1);
        Integer number = words.length == 2 ? number(words[0]) : null;
        byte[] key = words.length == 2 ? bytes(words[1]) : null;
        if (number == null || key == null || key.length != KEY_BYTES) {
            throw new CacheConfigException(where + " is refused: expected a number from 1 to " + Integer.MAX_VALUE
                    + " and the Base64 of " + KEY_BYTES + " bytes, with a space between");
        }
        for (Map.Entry<Integer, byte[]> other : keys.entrySet()) {
            if (other.getKey().equals(number)) {
                throw new CacheConfigException(where + " is refused: key " + number
                        + " is there already. A new key needs a new number, for values say which one they need");
            }
            if (MessageDigest.isEqual(other.getValue(), key)) {
                throw new CacheConfigException(where + " is refused: it is the same key as number " + other.getKey());
            }
        }
        keys.put(number, key);
    }

    private static @Nullable Integer number(String word) {
        try {
            int number = Integer.parseInt(word);
            return number > 0 ? number : null;
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private static byte @Nullable [] bytes(String word) {
        try {
            return Base64.getDecoder().decode(word);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** The number of the key that encrypts. */
    int first() {
        return first;
    }

    /** The key of a number; null: it is not known. */
    @Nullable
    DerivingKey key(int number) {
        return keys.get(number);
    }

    @Override
    public String toString() {
        return "KeyRing" + keys.keySet();
    }
}
