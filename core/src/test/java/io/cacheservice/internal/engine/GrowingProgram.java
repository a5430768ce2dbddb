package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.EvictionCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A program whose cache is full and that then needs half of the heap for itself, so that both do not fit; for {@link
 * HeapPressureProcessTest}. In the end it needs nothing any more. Argument: {@code heapPressure}.
 */
final class GrowingProgram {
    private static final int VALUE_BYTES = 1_000;
    private static final long EACH_MILLIS = 3;
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
            List<byte[]> ofTheProgram = program.grown(heapBytes / 2);
            System.out.println("evicted " + program.evicted() + " of " + ofTheProgram.size());
            System.out.println("reduced " + (service.stats().localMaxBytes() < maxBytes));
            ofTheProgram.clear();
            System.out.println("regained " + program.regains());
        }
    }

    /** Up to the bound of that moment: what dies meanwhile and is not collected yet may already leave little room. */
    private void fill() {
        int key = 0;
        CacheStats stats = service.stats();
        while (stats.localBytes() < stats.localMaxBytes() * 9 / 10) {
            service.set("k" + key++, new byte[VALUE_BYTES]);
            stats = service.stats();
        }
    }

    /** Grows piece by piece, as programs do: faster than anybody could make room is no test of who makes room. */
    private List<byte[]> grown(long bytes) {
        List<byte[]> pieces = new ArrayList<>();
        CompletableFuture<List<byte[]>> grown = new CompletableFuture<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            var unused = clock.scheduleWithFixedDelay(
                    () -> {
                        if (grown.isDone()) {
                            return;
                        }
                        try {
                            pieces.add(new byte[GROWTH_BYTES]);
                            write();
                        } catch (RuntimeException e) { // else it would not be run again, and nobody would hear of it
                            grown.completeExceptionally(e);
                        }
                        if ((long) pieces.size() * GROWTH_BYTES >= bytes) {
                            grown.complete(pieces);
                        }
                    },
                    0,
                    EACH_MILLIS,
                    TimeUnit.MILLISECONDS);
            return grown.join();
        } finally {
            clock.shutdownNow();
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
