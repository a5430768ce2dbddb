package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cacheservice.redis.internal.topology.KeySlot;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Short hash tags, one for each slot of a Cluster: with one, a key of ours goes where we want it. */
final class SlotTags {
    private static final AtomicReferenceArray<@Nullable String> FOUND = new AtomicReferenceArray<>(KeySlot.COUNT);

    private SlotTags() {}

    /** What must stand in braces for a key to be in {@code slot}: the first number, in base 36, that hashes there. */
    static String tag(int slot) {
        String known = FOUND.get(slot);
        for (int number = 0; known == null; number++) {
            String tag = Integer.toString(number, Character.MAX_RADIX);
            if (KeySlot.of(tag.getBytes(US_ASCII)) == slot) {
                FOUND.set(slot, tag);
                known = tag;
            }
        }
        return known;
    }
}
