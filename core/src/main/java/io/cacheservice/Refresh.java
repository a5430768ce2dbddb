package io.cacheservice;

import java.time.Duration;
import java.util.Objects;

/**
 * When an entry is loaded again before somebody has to wait for it.
 *
 * <p>A read that meets an entry near its end is answered at once, and may start a load in the background. The policy says
 * which read does. It is only asked where there is a loader, and it never starts a second load of a key while one runs.
 * Entries that live for ever are never refreshed.
 *
 * <p>Immutable; two policies are equal when they decide alike.
 */
public sealed interface Refresh {
    /** Never before it expires. */
    record None() implements Refresh {}

    /**
     * XFetch: each read near the end throws dice, which are the likelier to start a load the nearer the end is, and the
     * longer the last load took. Vattani, Chierichetti, Lowenstein: "Optimal Probabilistic Cache Stampede Prevention",
     * PVLDB 8(8), 2015: a read at {@code remaining} starts a load when {@code -cost * beta * ln(U) >= remaining}, with
     * {@code U} uniform in (0, 1].
     *
     * <p>For reads that come at random, {@code r} in a second over all processes:
     *
     * <ul>
     *   <li>the load starts {@code beta * cost * (ln(r * beta * cost) + 0.577)} before the end, in the mean
     *   <li>it is over before the end in all but {@code e^(-r * beta * cost * e^(-1 / beta))} of the cases: XFetch does
     *       nothing for keys that are read less than once in the time a load takes
     *   <li>without anything else that keeps loads apart, {@code e^(1 / beta)} loads would start at each end, however many
     *       reads there are: 2.7 for a beta of 1. That there is one is due to the lease and to the one load per key.
     * </ul>
     *
     * <p>The cost is that of the load that made the entry, and counts as at most a tenth of the entry's life, {@code beta}
     * times the cost too: a source that gets slow is not asked ever earlier. An entry that was not loaded, so that nobody
     * knows its cost, is not refreshed.
     *
     * @param beta above 1 refreshes earlier, below 1 later; above zero
     */
    record XFetch(double beta) implements Refresh {
        /** XFetch with a beta that is finite and above zero. */
        public XFetch {
            if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "beta " + beta + " is refused: expected a number above zero; 1 is the usual one");
            }
        }
    }

    /**
     * When less than {@code threshold} of life remains, with {@code probability} at each read.
     *
     * <p>With {@code r} reads in a second the load starts {@code threshold - 1 / (r * probability)} before the end, in the
     * mean; without a lease, {@code 1 + r * probability * cost} loads would start. Both depend on how often a key is read,
     * which no one number fits: {@link XFetch} knows better.
     *
     * <p>The threshold counts as at most half of an entry's life, so that entries with short lives are not loaded without
     * pause.
     *
     * @param threshold the remaining life below which the dice are thrown, at least 1 ms
     * @param probability from 0 to 1
     */
    record Threshold(Duration threshold, double probability) implements Refresh {
        /** A threshold of 1 ms to 36,500 days and a probability of 0 to 1. */
        public Threshold {
            requireLength(threshold, "threshold");
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability " + probability + " is refused: expected 0 to 1");
            }
        }
    }

    /** As {@link Threshold}, with the settings {@code ttlThreshold} and {@code refreshProb} of the service. */
    record ConfiguredThreshold() implements Refresh {}

    /**
     * At the first read after {@code fraction} of the life has passed. Foreseeable; the price is that the source is asked up
     * to {@code 1 / fraction} times as often, for every key alike.
     *
     * @param fraction of the life, above 0 and below 1, such as 0.8
     */
    record Eager(double fraction) implements Refresh {
        /** A fraction above 0 and below 1. */
        public Eager {
            if (!(fraction > 0 && fraction < 1)) {
                throw new IllegalArgumentException("fraction " + fraction
                        + " is refused: expected a part of the life, above 0 and below 1, such as 0.8");
            }
        }
    }

    /**
     * A read that comes after the end is given the expired value, marked stale, and starts a load, until {@code window} has
     * passed. Serves keys that are read too seldom for the other policies; what it gives is as old as the reads are far
     * apart, up to the life and {@code window}. Only expired values are given so; what was deleted or invalidated never is.
     *
     * @param window how long after the end a read is given the expired value; at least 1 ms
     * @param before what is done before the end; not a window itself
     */
    record StaleWhileRevalidate(Duration window, Refresh before) implements Refresh {
        /** A window of 1 ms to 36,500 days after the end, and another policy before it. */
        public StaleWhileRevalidate {
            requireLength(window, "window");
            if (Objects.requireNonNull(before, "before") instanceof StaleWhileRevalidate) {
                throw new IllegalArgumentException(
                        "stale-while-revalidate before stale-while-revalidate is refused: an entry has one window"
                                + " after its end; give what is done before it, such as Refresh.xfetch()");
            }
        }
    }

    /** Never before it expires. */
    static Refresh none() {
        return new None();
    }

    /** XFetch with beta 1, which suits sources whose loads take about as long each time. */
    static Refresh xfetch() {
        return xfetch(1.0);
    }

    /**
     * XFetch.
     *
     * @param beta above 1 refreshes earlier, below 1 later
     * @throws IllegalArgumentException when {@code beta} is not a finite number above zero
     */
    static Refresh xfetch(double beta) {
        return new XFetch(beta);
    }

    /** By threshold and probability, as the settings {@code ttlThreshold} and {@code refreshProb} say. */
    static Refresh threshold() {
        return new ConfiguredThreshold();
    }

    /**
     * By threshold and probability.
     *
     * @throws IllegalArgumentException when {@code threshold} is not 1 ms to 36,500 days, or {@code probability} not 0 to 1
     */
    static Refresh threshold(Duration threshold, double probability) {
        return new Threshold(threshold, probability);
    }

    /**
     * At the first read after {@code fraction} of the life.
     *
     * @throws IllegalArgumentException when {@code fraction} is not above 0 and below 1
     */
    static Refresh eager(double fraction) {
        return new Eager(fraction);
    }

    /**
     * At the first read after the end, which is given the expired value.
     *
     * @throws IllegalArgumentException when {@code window} is not 1 ms to 36,500 days
     */
    static Refresh staleWhileRevalidate(Duration window) {
        return staleWhileRevalidate(window, none());
    }

    /**
     * As {@code before} says, and where no read did so in time, at the first read after the end, which is given the expired
     * value.
     *
     * @throws IllegalArgumentException when {@code window} is not 1 ms to 36,500 days, or {@code before} is such a policy
     */
    static Refresh staleWhileRevalidate(Duration window, Refresh before) {
        return new StaleWhileRevalidate(window, before);
    }

    private static void requireLength(Duration length, String name) {
        Objects.requireNonNull(length, name);
        if (length.compareTo(Duration.ofMillis(1)) < 0 || length.compareTo(Lives.LONGEST) > 0) {
            throw new IllegalArgumentException(name + " " + length + " is refused: expected 1 ms to 36500 days");
        }
    }
}
