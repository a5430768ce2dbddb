package io.cacheservice.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.internal.entry.RedisKeys;
import java.util.List;

/** Names of caches and keys: each has a Redis key of its own from which it can be read, or a reason why not. */
public final class KeysTarget implements FuzzTarget {
    private static final int MAX_KEY_BYTES = 512;

    private final RedisKeys keys = new RedisKeys("cache:", MAX_KEY_BYTES);
    private final Corpus names = Corpus.ofTexts(List.of("users", "a.b-c_9", "u"), List.of(":", "~", "{", "}", "\0"));
    private final Corpus encodedKeys = Corpus.ofTexts(
            List.of("42", "user:1", "\u00e5bo/\u20ac", "a b%20", "\ud83d\ude00", "x".repeat(500)),
            List.of(":", "~", "{", "}", "\0", "cache:"));

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public int share() {
        return 100;
    }

    @Override
    public boolean take(FuzzInput input) {
        String name = input.mutatedText(names);
        String key = input.mutatedText(encodedKeys);
        boolean accepted = false;
        try {
            byte[] written = keys.byteKey(key);
            Demand.that(key.equals(keys.byteKeyOf(written)), "the key can be read again");
            Demand.that(new String(keys.byteKeyPrefix(key), UTF_8).equals("cache::" + key), "prefixes begin alike");
            accepted = true;
        } catch (IllegalArgumentException refused) {
            requireReason(refused);
        }
        try {
            byte[] written = keys.cacheKey(name, key);
            Demand.that(accepted, "a key is good everywhere or nowhere");
            Demand.that(keys.byteKeyOf(written) == null, "a key of a cache is no byte key");
            Demand.that(new String(written, UTF_8).equals("cache:" + name + ":" + key), "name and key stand in it");
        } catch (IllegalArgumentException refused) {
            requireReason(refused);
        }
        return accepted;
    }

    private static void requireReason(IllegalArgumentException refused) {
        String message = String.valueOf(refused.getMessage());
        Demand.that(message.contains("refused") && message.length() < 1_000, "a short reason");
        Demand.that(message.chars().noneMatch(Character::isISOControl), "a reason on one line");
    }
}
