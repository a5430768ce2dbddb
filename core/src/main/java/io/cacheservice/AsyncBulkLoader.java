package io.cacheservice;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A {@link BulkLoader} that does not hold a thread while the source is at work; the rest is as of {@link AsyncLoader}.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface AsyncBulkLoader<K, V> {
    /**
     * Begins to load {@code keys}; a key that is missing in the map has no value in the source.
     *
     * @throws Exception when the source cannot be asked; the same as a future that fails
     */
    CompletionStage<Map<K, V>> loadAll(Set<K> keys) throws Exception;
}
