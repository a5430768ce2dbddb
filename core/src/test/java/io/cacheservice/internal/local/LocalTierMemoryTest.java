package io.cacheservice.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.UsedHeap;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The bytes that the tier counts are compared with those that the heap gains. */
class LocalTierMemoryTest {
    private static final int ENTRIES = 200_000;

    @Test
    void theBytesCountedCoverWhatEntriesTakeFromTheHeap() {
        for (int valueBytes : new int[] {0, 100, 1_000}) {
            LocalTier tier = new LocalTier(TimeSource.system(), 1L << 40, MaxMemoryPolicy.ALLKEYS_LFU);
            LocalMap<String, byte[]> map = tier.newMap((cause, bytes) -> {});
            long before = UsedHeap.bytes();
            for (int i = 0; i < ENTRIES; i++) {
                String key = String.format(Locale.ROOT, "key-%012d", i);
                int counted = LocalTier.ENTRY_OVERHEAD_BYTES + key.length() + valueBytes;
                map.put(
                        key,
                        new Entry<>(
                                new byte[valueBytes],
                                new Entry.Times(0, System.nanoTime() + 3_600_000_000_000L),
                                i,
                                counted,
                                Entry.Kind.VALUE,
                                Entry.Notes.NONE,
                                null));
            }
            long taken = UsedHeap.bytes() - before;

            assertThat((double) map.bytes() / taken)
                    .as(
                            "counted / taken at values of %d bytes: %d / %d an entry",
                            valueBytes, map.bytes() / ENTRIES, taken / ENTRIES)
                    .isBetween(0.95, 1.3);
        }
    }
}
