package io.cacheservice.examples.snippets;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats;
import io.cacheservice.EvictionCause;
import io.cacheservice.MaxMemoryPolicy;
import java.time.Duration;

/** The bound of the local tier. */
final class MemoryBounds {
    private MemoryBounds() {}

    static CacheStats evicting() {
        // region evicting
        CacheConfig config = CacheConfig.builder().maxMemory(1 << 20).build();
        CacheService service = CacheService.open(config);
        for (int i = 0; i < 10_000; i++) {
            service.set("key-" + i, new byte[1_000], Duration.ofHours(1));
        }
        CacheStats stats = service.stats();
        long inUse = stats.localBytes(); // at most stats.localMaxBytes()
        long evicted = stats.evictions().getOrDefault(EvictionCause.SIZE, 0L);
        // endregion
        try (service) {
            if (inUse == 0 || evicted == 0) {
                throw new IllegalStateException("nothing was kept, or nothing evicted");
            }
            return stats;
        }
    }

    static boolean refusing() {
        boolean full = false;
        // region noeviction
        CacheConfig config = CacheConfig.builder()
                .maxMemory(1 << 20)
                .maxMemoryPolicy(MaxMemoryPolicy.NOEVICTION.configName())
                .build();
        try (CacheService service = CacheService.open(config)) {
            service.set("large", new byte[900_000], Duration.ofHours(1));
            try {
                service.set("one too many", new byte[900_000], Duration.ofHours(1));
            } catch (CacheMemoryException e) {
                full = true; // the entry that was there is untouched
            }
        }
        // endregion
        return full;
    }
}
