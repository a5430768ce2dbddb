package io.cacheservice.examples.snippets;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.CacheStats.CompressionStats;
import io.cacheservice.Compression;

/** Values that are made shorter for Redis. */
final class Compressing {
    private Compressing() {}

    static Cache<String, String> chosen(CacheService service) {
        // region chosen
        Cache<String, String> patients = service.cache("patients", String.class)
                .compression(Compression.ZSTD) // no piece of a value is kept anywhere but in its entry
                .open();
        // endregion
        return patients;
    }

    static String saved(CacheService service) {
        // region saved
        CompressionStats compression = service.stats().compression();
        String report = compression.savedBytes() + " bytes saved, " + compression.ratio() + " times shorter, "
                + compression.compressNanos() / 1_000_000 + " ms of CPU time";
        // endregion
        return report;
    }
}
