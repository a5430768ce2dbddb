package io.cacheservice.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * An entry to be written.
 *
 * @param value null: "the source has none"
 * @param ttlMillis its life, or {@link #FOR_EVER}
 * @param asOfNanos when the command or load that produced it was started
 * @param loadNanos what the load took; zero when it was not loaded
 * @param contentType the media type kept with it
 */
record Draft<V>(
        @Nullable V value,
        long ttlMillis,
        long asOfNanos,
        long loadNanos,
        @Nullable String contentType) {
    /** A life without end. */
    static final long FOR_EVER = 0;
}
