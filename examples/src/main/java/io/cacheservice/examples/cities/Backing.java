package io.cacheservice.examples.cities;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheStats;

/** Where a service keeps its entries. */
interface Backing extends AutoCloseable {
    /** How the report calls it. */
    String name();

    /** Settings of a service that keeps its entries here and would be served on a free port. */
    CacheConfig config();

    /** Begins a run with nothing in it. Call it while no service is open. */
    void empty();

    /** What is kept after a run whose service counted {@code stats}. */
    Kept kept(CacheStats stats);

    @Override
    void close();

    /**
     * What is kept, by this tier's own count.
     *
     * @param entries keys
     * @param bytes memory, keys and bookkeeping included
     * @param evictions entries that were dropped since the run began
     */
    record Kept(long entries, long bytes, long evictions) {}
}
