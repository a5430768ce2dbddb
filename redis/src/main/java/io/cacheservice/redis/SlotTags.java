package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cacheservice.redis.internal.topology.KeySlot;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Short hash tags, one for each slot of a Cluster: with one, a key of ours goes where we want it. They are in the names of
 * keys, so {@code docs/wire-format.md} fixes them.
 */
final class SlotTags {
    private static final AtomicReferenceArray<@Nullable String> FOUND = new AtomicReferenceArray<>(KeySlot.COUNT);
    private static int tried;

    private SlotTags() {}

    /** What must stand in braces for a key to be in {@code slot}: the first number, in base 36, that hashes there. */
    static String tag(int slot) {
        String known = FOUND.get(slot);
        return known == null ? search(slot) : known;
    }

    /** Numbers that belong to other slots are kept too, so that all searches together try each number once. */
    private static synchronized String search(int slot) {
        String known = FOUND.get(slot);
        while (known == null) {
            String tag = Integer.toString(tried++, Character.MAX_RADIX);
            FOUND.compareAndSet(KeySlot.of(tag.getBytes(US_ASCII)), null, tag);
            known = FOUND.get(slot);
        }
        return known;
    }
}
