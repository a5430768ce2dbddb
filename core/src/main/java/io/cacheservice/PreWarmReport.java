package io.cacheservice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a pre-warm did.
 *
 * @param loaded keys read from the source and stored
 * @param present keys that were already there
 * @param absent keys the source has no value for
 * @param failed keys that could not be loaded, each with its error; in request order, unmodifiable
 */
public record PreWarmReport(int loaded, int present, int absent, Map<String, CacheException> failed) {
    /** Copies {@code failed}. */
    public PreWarmReport {
        failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
    }

    /** How many keys are done. */
    public int done() {
        return loaded + present + absent + failed.size();
    }
}
