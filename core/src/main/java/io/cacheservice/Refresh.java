package io.cacheservice;

import java.time.Duration;

/**
 * When an entry is reloaded before it expires.
 *
 * <p>Immutable; two policies are equal when they decide alike.
 */
public sealed interface Refresh {
    /** Never before it expires. */
    record None() implements Refresh {}

    /**
     * XFetch: with a probability that grows as the end of life comes near, the earlier the longer the value takes to load.
     * Vattani, Chierichetti, Lowenstein: "Optimal Probabilistic Cache Stampede Prevention", PVLDB 8(8), 2015.
     *
     * @param beta above 1 refreshes earlier, below 1 later
     */
    record XFetch(double beta) implements Refresh {}

    /**
     * When less than {@code threshold} of life remains, with {@code probability} at each read.
     *
     * @param threshold the remaining life below which the dice are thrown
     * @param probability from 0 to 1
     */
    record Threshold(Duration threshold, double probability) implements Refresh {}

    /** Never before it expires; the default until another is chosen. */
    static Refresh none() {
        return new None();
    }

    /** XFetch with beta 1. */
    static Refresh xfetch() {
        return new XFetch(1.0);
    }

    /** By threshold and probability. */
    static Refresh threshold(Duration threshold, double probability) {
        return new Threshold(threshold, probability);
    }
}
