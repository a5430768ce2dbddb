package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.EvictionCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A program whose cache is full and that then needs half of the heap for itself, so that both do not fit; for {@link
 * HeapPressureProcessTest}. In the end it needs nothing any more. Argument: {@code heapPressure}.
 */
final class GrowingProgram {
    private static final int VALUE_BYTES = 1_000;
    private static final int GROWTH_BYTES = 16 << 10;
    private static final int WRITES_BETWEEN = 20;
    private static final int MOST_ROUNDS = 200;

    private final CacheService service;
    private final long maxBytes;
    private final Random random = new Random(1);

    private GrowingProgram(CacheService service, long maxBytes) {
        this.service = service;
        this.maxBytes = maxBytes;
    }

    public static void main(String[] words) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        long maxBytes = heapBytes * 6 / 10;
        try (CacheService service = CacheService.open(CacheConfig.builder()
                .maxMemory(maxBytes)
                .put("heapPressure", words[0], "a test")
                .build())) {
            GrowingProgram program = new GrowingProgram(service, maxBytes);
            program.fill();
            List<byte[]> ofTheProgram = new ArrayList<>();
            for (long grown = 0; grown < heapBytes / 2; grown += GROWTH_BYTES) {
                ofTheProgram.add(new byte[GROWTH_BYTES]);
                program.write();
            }
            System.out.println("evicted " + program.evicted() + " of " + ofTheProgram.size());
            System.out.println("reduced " + (service.stats().localMaxBytes() < maxBytes));
            ofTheProgram.clear();
            System.out.println("regained " + program.regains());
        }
    }

    private void fill() {
        for (int key = 0; service.stats().localBytes() < maxBytes * 9 / 10; key++) {
            service.set("k" + key, new byte[VALUE_BYTES]);
        }
    }

    private void write() {
        for (int i = 0; i < WRITES_BETWEEN; i++) {
            service.set("k" + random.nextInt(100_000), new byte[VALUE_BYTES]);
        }
    }

    private long evicted() {
        CacheStats stats = service.stats();
        return stats.evictions().getOrDefault(EvictionCause.HEAP, 0L);
    }

    private boolean regains() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            write();
            System.gc(); // some collectors look at the whole heap only when it is full, or when they are asked
            if (service.stats().localMaxBytes() == maxBytes) {
                return true;
            }
        }
        return false;
    }
}
