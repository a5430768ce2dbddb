package io.cacheservice.testkit.chaos;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often what happens, and when. One call has one trouble at most, so the shares of all troubles add up to 1 or less.
 * Immutable.
 */
public final class ChaosPlan {
    private static final ChaosPlan NONE = new ChaosPlan(0, 0, Duration.ZERO, 0, 0, Duration.ZERO, null);

    private final double failing;
    private final double delaying;
    private final Duration delay;
    private final double corrupting;
    private final double vanishing;
    private final Duration from;
    private final @Nullable Duration until;

    private ChaosPlan(
            double failing,
            double delaying,
            Duration delay,
            double corrupting,
            double vanishing,
            Duration from,
            @Nullable Duration until) {
        this.failing = failing;
        this.delaying = delaying;
        this.delay = delay;
        this.corrupting = corrupting;
        this.vanishing = vanishing;
        this.from = from;
        this.until = until;
        double sum = failing + delaying + corrupting + vanishing;
        // ten times 0.1 is a little over 1
        if (sum > 1 + 1e-9) {
            throw new IllegalArgumentException("the shares add up to " + sum
                    + ": a call has one trouble at most, so give shares of 1 or less in all");
        }
    }

    /** Nothing happens, at any time. */
    public static ChaosPlan none() {
        return NONE;
    }

    /**
     * The same, and this share of calls fails.
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException when it is not, or all shares together are more than 1
     */
    public ChaosPlan failing(double share) {
        return new ChaosPlan(share("failing", share), delaying, delay, corrupting, vanishing, from, until);
    }

    /**
     * The same, and this share of calls is answered {@code delay} later, in real time.
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException when it is not, all shares together are more than 1, or the delay is negative
     */
    public ChaosPlan delaying(double share, Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay of " + delay + " is refused: give zero or more");
        }
        return new ChaosPlan(failing, share("delaying", share), delay, corrupting, vanishing, from, until);
    }

    /**
     * The same, and this share of calls has other bytes.
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException when it is not, or all shares together are more than 1
     */
    public ChaosPlan corrupting(double share) {
        return new ChaosPlan(failing, delaying, delay, share("corrupting", share), vanishing, from, until);
    }

    /**
     * The same, and this share of calls is never answered.
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException when it is not, or all shares together are more than 1
     */
    public ChaosPlan vanishing(double share) {
        return new ChaosPlan(failing, delaying, delay, corrupting, share("vanishing", share), from, until);
    }

    /**
     * The same, from {@code from} on and before {@code until} only, counted from {@link Chaos#begin}.
     *
     * @throws IllegalArgumentException when {@code from} is negative or not before {@code until}
     */
    public ChaosPlan between(Duration from, Duration until) {
        if (from.isNegative() || from.compareTo(until) >= 0) {
            throw new IllegalArgumentException("from " + from + " until " + until
                    + " is refused: give a beginning of zero or more and an end after it");
        }
        return new ChaosPlan(failing, delaying, delay, corrupting, vanishing, from, Objects.requireNonNull(until));
    }

    /** Whether this plan is for the moment so long after the beginning. */
    boolean covers(Duration elapsed) {
        return elapsed.compareTo(from) >= 0 && (until == null || elapsed.compareTo(until) < 0);
    }

    /**
     * What happens to a call.
     *
     * @param dice from 0 to less than 1
     */
    Trouble trouble(double dice) {
        double upTo = failing;
        if (dice < upTo) {
            return Trouble.FAILED;
        }
        upTo += delaying;
        if (dice < upTo) {
            return Trouble.DELAYED;
        }
        upTo += corrupting;
        if (dice < upTo) {
            return Trouble.CORRUPTED;
        }
        upTo += vanishing;
        return dice < upTo ? Trouble.VANISHED : Trouble.NONE;
    }

    Duration delay() {
        return delay;
    }

    private static double share(String name, double share) {
        // not a number is neither
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + "(" + share + ") is refused: a share is from 0 to 1");
        }
        return share;
    }

    @Override
    public String toString() {
        return "ChaosPlan[failing=" + failing + ", delaying=" + delaying + " by " + delay + ", corrupting=" + corrupting
                + ", vanishing=" + vanishing + ", from " + from + (until == null ? "" : " until " + until) + "]";
    }
}
