package io.cacheservice.internal.engine;

import io.cacheservice.RefreshOutcome;

/** Whether to reload an entry that is still good. */
final class RefreshDecision {
    private RefreshDecision() {}

    /**
     * By threshold and probability.
     *
     * @param remainingNanos life that remains; {@link Long#MAX_VALUE}: no end
     * @param thresholdNanos reload only below it
     * @param probability from 0 to 1
     * @param dice uniform in [0, 1)
     * @return STARTED for "do it", else FRESH or SKIPPED
     */
    static RefreshOutcome byThreshold(long remainingNanos, long thresholdNanos, double probability, double dice) {
        if (remainingNanos >= thresholdNanos) {
            return RefreshOutcome.FRESH;
        }
        return dice < probability ? RefreshOutcome.STARTED : RefreshOutcome.SKIPPED;
    }
}
