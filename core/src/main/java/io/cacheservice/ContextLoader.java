package io.cacheservice;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Loader} that also sees what is cached now and may decide how its result is kept.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface ContextLoader<K, V> {
    /**
     * Returns the current value of {@code key}, or null when the source has none.
     *
     * @throws Exception when the source cannot answer
     */
    @Nullable
    V load(K key, LoadContext<V> context) throws Exception;
}
