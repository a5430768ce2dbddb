package io.cacheservice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a batch of writes, key by key.
 *
 * @param applied how many keys were written
 * @param queued how many are {@link WriteOutcome#QUEUED}: to be removed as soon as Redis can be reached
 * @param localOnly how many are {@link WriteOutcome#LOCAL_ONLY}: kept in this process alone
 * @param failures the keys that failed, each with its own error; in request order, unmodifiable
 */
public record BatchOutcome(int applied, int queued, int localOnly, Map<String, CacheException> failures) {
    /** Copies {@code failures}. */
    public BatchOutcome {
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Whether every key was written. */
    public boolean complete() {
        return queued == 0 && localOnly == 0 && failures.isEmpty();
    }
}
