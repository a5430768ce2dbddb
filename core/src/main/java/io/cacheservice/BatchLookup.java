package io.cacheservice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a batch of reads found, key by key. Every key that was asked for is in exactly one of the two maps.
 *
 * <p>Immutable.
 *
 * @param lookups what was found, or that nothing is there; in request order, unmodifiable
 * @param failures the keys of which it could not be told, each with its own error: {@link SourceException} when its source
 *     failed, {@link CacheConnectionException} when the tier that knows did not answer; in request order, unmodifiable
 */
public record BatchLookup<K, V>(Map<K, Lookup<V>> lookups, Map<K, CacheException> failures) {
    /** Copies both maps. */
    public BatchLookup {
        lookups = Collections.unmodifiableMap(new LinkedHashMap<>(lookups));
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Whether no key failed. */
    public boolean complete() {
        return failures.isEmpty();
    }
}
