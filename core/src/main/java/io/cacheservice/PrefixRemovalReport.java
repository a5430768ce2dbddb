package io.cacheservice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a removal by prefix did.
 *
 * @param removed keys that were removed
 * @param queued keys that are {@link WriteOutcome#QUEUED}: to be removed as soon as Redis can be reached
 * @param failed keys that were found and could not be removed
 * @param failures those of them that failed first, at most {@value #MOST_FAILURES}, each with its error; unmodifiable
 * @param unlisted the servers whose keys were not looked at, or not all; unmodifiable
 */
public record PrefixRemovalReport(
        long removed, long queued, long failed, Map<String, CacheException> failures, List<KeyPage.Unlisted> unlisted) {
    /** How many keys that failed are named. */
    public static final int MOST_FAILURES = 100;

    /** Copies {@code failures} and {@code unlisted}. */
    public PrefixRemovalReport {
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        unlisted = List.copyOf(unlisted);
    }

    /** How many keys were looked at. */
    public long done() {
        return removed + queued + failed;
    }

    /** Whether every key that was looked for was found and removed. */
    public boolean complete() {
        return queued == 0 && failed == 0 && unlisted.isEmpty();
    }
}
