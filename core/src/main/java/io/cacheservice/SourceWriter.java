package io.cacheservice;

import java.util.Map;
import java.util.Set;

/**
 * Writes to the source, where the truth lives: the other half of a {@link Loader}.
 *
 * <p>Called on the cache's executor, never on an I/O thread. Of one key never by two threads of a process at once where the
 * strategy is {@link Writes.Behind}; elsewhere the source must order concurrent writes itself, as databases do.
 *
 * @param <K> the key
 * @param <V> the value
 */
public interface SourceWriter<K, V> {
    /**
     * Stores {@code value} under {@code key}.
     *
     * @throws Exception when the source has not, or may not have, taken it
     */
    void write(K key, V value) throws Exception;

    /**
     * Removes {@code key}; it need not be there.
     *
     * @throws Exception when the source has not, or may not have, removed it
     */
    void delete(K key) throws Exception;

    /**
     * Stores many values; used by {@link Writes.Behind}, which repeats the whole call when it fails, so it must be harmless to
     * store the same value again.
     *
     * @throws Exception when one of them may not have been taken
     */
    default void writeAll(Map<K, V> values) throws Exception {
        for (Map.Entry<K, V> each : values.entrySet()) {
            write(each.getKey(), each.getValue());
        }
    }

    /**
     * Removes many keys; as {@link #writeAll}.
     *
     * @throws Exception when one of them may not have been removed
     */
    default void deleteAll(Set<K> keys) throws Exception {
        for (K key : keys) {
            delete(key);
        }
    }
}
