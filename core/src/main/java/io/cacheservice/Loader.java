package io.cacheservice;

import org.jspecify.annotations.Nullable;

/**
 * Reads one value from the source, where the truth lives.
 *
 * <p>Called on the cache's executor, never on an I/O thread, and by at most one thread per key of a process at a time.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface Loader<K, V> {
    /**
     * Returns the current value of {@code key}, or null when the source has none.
     *
     * @throws Exception when the source cannot answer; the callers that wait get it as the cause of their own {@link
     *     SourceException}
     */
    @Nullable
    V load(K key) throws Exception;
}
