package io.cacheservice;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads many values from the source at once.
 *
 * @param <K> the key
 * @param <V> the value
 */
@FunctionalInterface
public interface BulkLoader<K, V> {
    /**
     * Returns the values of {@code keys}; a key that is missing in the answer has no value in the source. Keys that were
     * not asked for are ignored.
     *
     * @throws Exception when the source cannot answer
     */
    Map<K, V> loadAll(Set<K> keys) throws Exception;

    /**
     * A bulk loader over a function that answers with a list in any order, such as {@code select ... where id in (...)}.
     *
     * @param query answers for a set of keys
     * @param key finds the key of a value
     */
    static <K, V> BulkLoader<K, V> fromList(
            ListQuery<? super Set<K>, ? extends V> query, Function<? super V, ? extends K> key) {
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(key, "key");
        return keys -> {
            Map<K, V> values = new LinkedHashMap<>();
            for (V value : query.query(keys)) {
                values.put(key.apply(value), value);
            }
            return values;
        };
    }

    /**
     * A query that answers with all values found.
     *
     * @param <Q> the question, a set of keys
     * @param <V> the value
     */
    @FunctionalInterface
    interface ListQuery<Q, V> {
        /**
         * Returns the values found, in any order.
         *
         * @throws Exception when the source cannot answer
         */
        Collection<? extends V> query(Q keys) throws Exception;
    }
}
