package io.cacheservice.benchmarks.stampede;

import org.jspecify.annotations.Nullable;

/** A cache in front of a {@link Source}, as its users set it up. Safe for use by many threads. */
@FunctionalInterface
public interface LoadedCache {
    /** The value of {@code key}, loaded when it is absent. */
    @Nullable
    String get(String key) throws Exception;
}
