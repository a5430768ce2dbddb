package io.cacheservice.internal.entry;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys in Redis. Each name space begins in its own way, so no key of one is a key of another:
 *
 * <pre>
 * prefix:key             a byte key of the service
 * prefixname:key         a key of the cache with that name
 * prefix~...             the service's own keys
 * </pre>
 *
 * <p>A cache's name is not empty and holds neither {@code :} nor {@code ~}, which makes the three tell apart. Immutable.
 */
public final class RedisKeys {
    private static final Pattern CACHE_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final String prefix;
    private final long maxKeyBytes;

    /**
     * Keys of one service.
     *
     * @param maxKeyBytes the longest key of a user, in bytes of UTF-8, without what is put in front of it
     */
    public RedisKeys(String prefix, long maxKeyBytes) {
        this.prefix = prefix;
        this.maxKeyBytes = maxKeyBytes;
    }

    /**
     * The Redis key of a byte key.
     *
     * @throws IllegalArgumentException when {@code key} is empty, too long or has no UTF-8 form
     */
    public byte[] byteKey(String key) {
        requireKey(key);
        return utf8(prefix + ":" + key);
    }

    /**
     * What the Redis keys of those byte keys begin with that begin with {@code keyPrefix}.
     *
     * @param keyPrefix may be empty
     * @throws IllegalArgumentException when no key can begin so
     */
    public byte[] byteKeyPrefix(String keyPrefix) {
        if (!keyPrefix.isEmpty()) {
            requireKey(keyPrefix);
        }
        return utf8(prefix + ":" + keyPrefix);
    }

    /** The byte key whose Redis key {@code redisKey} is; null: it is another's. */
    public @Nullable String byteKeyOf(byte[] redisKey) {
        byte[] space = utf8(prefix + ":");
        if (redisKey.length <= space.length
                || !Arrays.equals(redisKey, 0, space.length, space, 0, space.length)
                || redisKey.length - space.length > maxKeyBytes) {
            return null;
        }
        try {
            return Utf8.decode(redisKey, space.length, redisKey.length - space.length);
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    /**
     * The Redis key of a key of the cache {@code name}.
     *
     * @param encodedKey what the cache's key codec wrote
     * @throws IllegalArgumentException when {@code name} is no cache name, or {@code encodedKey} is empty, too long or has
     *     no UTF-8 form
     */
    public byte[] cacheKey(String name, String encodedKey) {
        requireCacheName(name);
        requireKey(encodedKey);
        return utf8(prefix + name + ":" + encodedKey);
    }

    /** A key for the service itself, which no key of a user can be. */
    public byte[] ownKey(String rest) {
        return utf8(prefix + "~" + rest);
    }

    /**
     * Returns {@code name} if a cache may have it.
     *
     * @throws IllegalArgumentException when not
     */
    public static String requireCacheName(String name) {
        if (!CACHE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + Shown.shortened(name)
                    + "' is refused as a cache name: expected one or more of A-Z, a-z, 0-9, '.', '_' and '-'");
        }
        return name;
    }

    /**
     * Returns {@code key} if it can be one.
     *
     * @throws IllegalArgumentException when it is empty, too long or has no UTF-8 form
     */
    public String requireKey(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("the empty key is refused: a key has at least one character");
        }
        long bytes = Utf8.length(key);
        if (bytes < 0) {
            throw new IllegalArgumentException("key '" + Shown.shortened(key) + "' of " + key.length()
                    + " characters is refused: half a surrogate pair at index " + (-1 - bytes)
                    + " has no UTF-8 form; write binary keys as hexadecimal or Base64 text");
        }
        if (bytes > maxKeyBytes) {
            throw new IllegalArgumentException("key '" + Shown.shortened(key) + "' of " + bytes
                    + " bytes is refused: maxKeyBytes is " + maxKeyBytes
                    + "; use a digest of the long part as the key, or raise maxKeyBytes");
        }
        return key;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
