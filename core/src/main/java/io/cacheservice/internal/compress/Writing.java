package io.cacheservice.internal.compress;

import java.util.concurrent.TimeUnit;

/**
 * The dictionary that new values are compressed with.
 *
 * @param held the dictionary
 * @param trainedRatio what it made of values that it had not seen, when it was made
 * @param gain what it brings now
 * @param keptUntilNanos until when Redis has promised to keep it; {@link #FOR_EVER}
 */
record Writing(HeldDictionaries.Held held, double trainedRatio, Gain gain, long keptUntilNanos) {
    static final long FOR_EVER = Long.MAX_VALUE;

    /** When the gain has gone below this share of what it was, the values have changed. */
    static final double DECAYED = 0.9;

    Writing keptUntil(long nanos) {
        return new Writing(held, trainedRatio, gain, nanos);
    }

    /** Whether an entry may need it: not one that lives longer than it is sure to. */
    boolean outlives(long keptMillis, long nowNanos) {
        if (keptUntilNanos == FOR_EVER) {
            return true;
        }
        return keptMillis != ValueCompressor.KEPT_FOR_EVER
                && TimeUnit.MILLISECONDS.toNanos(keptMillis) <= keptUntilNanos - nowNanos;
    }

    /** Whether it does less than it did. */
    boolean hasDecayed() {
        return gain.isSettled() && gain.ratio() < DECAYED * trainedRatio;
    }
}
