package io.cacheservice.internal.engine;

import java.util.OptionalLong;

/**
 * What one cache says of its loads.
 *
 * @param nullTtlMillis how long "the source has none" is remembered; empty: it is not
 * @param errorTtlMillis how long a failure is remembered; 0: not at all
 * @param loadTimeoutMillis how long a load may take
 * @param maxLoads how many loads run at once in this process; above zero
 * @param maxStalenessNanos how much older than its caller an answer may be; {@link Long#MAX_VALUE} where nobody else writes
 */
record LoadPolicy(
        OptionalLong nullTtlMillis, long errorTtlMillis, long loadTimeoutMillis, int maxLoads, long maxStalenessNanos) {
    /** A load that ends at the last moment still has the time to store its result. */
    private static final long STORING_MILLIS = 1_000;

    /** How long the right to load lasts. */
    long leaseMillis() {
        return loadTimeoutMillis + STORING_MILLIS;
    }
}
