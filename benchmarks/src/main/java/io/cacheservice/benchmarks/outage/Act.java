package io.cacheservice.benchmarks.outage;

import java.time.Duration;

/**
 * How long each part of an outage takes.
 *
 * @param before while all is well
 * @param first the first moment of the fault, in which a cache may find out
 * @param later the rest of the fault
 * @param after from the repair to the end
 */
public record Act(Duration before, Duration first, Duration later, Duration after) {
    /** While Redis does not answer. */
    public Duration fault() {
        return first.plus(later);
    }

    /** All of them. */
    public Duration whole() {
        return before.plus(first).plus(later).plus(after);
    }
}
