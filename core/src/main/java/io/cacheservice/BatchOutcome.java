package io.cacheservice;

import java.util.Map;

/**
 * What became of a batch of writes, key by key.
 *
 * @param applied how many keys were written
 * @param failures the keys that were not, each with its own error; in request order, unmodifiable
 */
public record BatchOutcome(int applied, Map<String, CacheException> failures) {
    /** Copies {@code failures}. */
    public BatchOutcome {
        failures = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(failures));
    }

    /** Whether every key was written. */
    public boolean complete() {
        return failures.isEmpty();
    }
}
