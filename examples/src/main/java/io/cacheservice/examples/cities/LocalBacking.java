package io.cacheservice.examples.cities;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheStats;

/** The memory of this process. */
final class LocalBacking implements Backing {
    private final long maxMemoryBytes;

    LocalBacking(long maxMemoryBytes) {
        this.maxMemoryBytes = maxMemoryBytes;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public CacheConfig config() {
        return CacheConfig.builder().maxMemory(maxMemoryBytes).serverPort(0).build();
    }

    /** Nothing to do: each service begins with memory of its own. */
    @Override
    public void empty() {}

    @Override
    public Kept kept(CacheStats stats) {
        long evictions =
                stats.evictions().values().stream().mapToLong(Long::longValue).sum();
        return new Kept(stats.localEntries(), stats.localBytes(), evictions);
    }

    @Override
    public void close() {}
}
