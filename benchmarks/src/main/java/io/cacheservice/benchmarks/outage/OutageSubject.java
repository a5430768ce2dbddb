package io.cacheservice.benchmarks.outage;

import io.cacheservice.benchmarks.stampede.LoadedCache;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose Redis is about to vanish.
 *
 * @param cache in front of {@code source}
 * @param link what is between it and Redis; null where there is no Redis
 * @param leavesAlone whether it asks Redis no more for the moment; null where it knows no such thing
 */
public record OutageSubject(
        OutageSource source,
        LoadedCache cache,
        @Nullable Link link,
        @Nullable BooleanSupplier leavesAlone) {
    /** The way to Redis. */
    public interface Link {
        /** From now on everything sent vanishes, in both directions. */
        void breakDown();

        /** Ends that. */
        void repair();
    }
}
