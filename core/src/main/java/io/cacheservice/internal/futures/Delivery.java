package io.cacheservice.internal.futures;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.FailedOutcome;

/** What a failed call says of whether Redis has heard of it. */
public final class Delivery {
    private Delivery() {}

    /** Whether Redis may yet have to hear of the key, as opposed to a refusal that changed nothing anywhere or lasts. */
    public static boolean mayBeOwed(Throwable failure) {
        return failure instanceof CacheTimeoutException
                || (failure instanceof CacheConnectionException refused && !refused.isLasting());
    }

    /** Whether it may have taken effect although it failed. What never came there changed nothing and owes nothing. */
    public static boolean mayHaveBeenApplied(Throwable failure) {
        return (failure instanceof CacheTimeoutException late && late.outcome() == FailedOutcome.UNKNOWN)
                || (failure instanceof CacheConnectionException lost && lost.outcome() == FailedOutcome.UNKNOWN);
    }
}
