package io.cacheservice.redis.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.internal.topology.KeySlot;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Names of keys that nobody else has.
 *
 * @param beginning the prefix of all keys, and something that no other examination has
 */
record ProbeKeys(String beginning) {
    private static final int TRIES = 1_000_000;

    static ProbeKeys of(String keyPrefix, String unique) {
        return new ProbeKeys(keyPrefix + "~doctor:" + unique);
    }

    /** A key in one of these slots; null: none was found, as when there are none. */
    @Nullable
    String inSlots(IntPredicate slots) {
        for (int i = 0; i < TRIES; i++) {
            String key = beginning + ":" + i;
            if (slots.test(KeySlot.of(key.getBytes(UTF_8)))) {
                return key;
            }
        }
        return null;
    }
}
