package io.cacheservice.internal.refresh;

import java.util.random.RandomGenerator;

/**
 * XFetch. A read draws a gap from the exponential distribution whose mean is beta times the cost, and starts a load if the
 * gap reaches beyond the end: with probability {@code e^(-remaining / mean)}.
 *
 * <p>Vattani, Chierichetti, Lowenstein: "Optimal Probabilistic Cache Stampede Prevention", PVLDB 8(8), 2015.
 */
record XFetchRule(double beta) implements Rule {
    /** Before that many means, a read starts a load with a probability under 1e-9: no dice are worth it. */
    private static final double MEANS = -Math.log(1e-9);

    @Override
    public long windowNanos(long lifeNanos, long costNanos) {
        return Math.min(Math.max(0, lifeNanos), (long) Math.ceil(MEANS * meanNanos(lifeNanos, costNanos)));
    }

    @Override
    public boolean wantsRefresh(long remainingNanos, long lifeNanos, long costNanos, RandomGenerator random) {
        // nextDouble() may be 0, whose logarithm is no number to compare with; and the dice are drawn for each read
        double u = 1.0 - random.nextDouble();
        return -Math.log(u) * meanNanos(lifeNanos, costNanos) >= remainingNanos;
    }

    /** A load may become slow because the source is under load: more than a tenth of the life is never a reason to hurry. */
    private double meanNanos(long lifeNanos, long costNanos) {
        double longest = lifeNanos / 10.0;
        return costNanos <= 0 ? 0 : Math.max(0, Math.min(beta * Math.min((double) costNanos, longest), longest));
    }
}
