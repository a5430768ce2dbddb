package io.cacheservice;

import org.jspecify.annotations.Nullable;

/**
 * Reads one value from the source, where the truth lives.
 *
 * <p>Called on the cache's executor, never on an I/O thread, and by at most one thread per key of a process at a time. It
 * must end, for everybody who asks for the key waits for it. It may read other keys, but not its own through the same
 * cache, and not in a circle: on its own thread a read of the key it loads fails at once, elsewhere it would wait for ever.
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
