package io.cacheservice.redis;

import io.cacheservice.CacheException;
import io.cacheservice.TimeSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.IllegalStateTransitionException;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Leaves a server alone that does not answer in time, so that it costs its callers nothing ({@code
 * docs/decisions/0013-breaker.md}).
 *
 * <p>Counted are the last {@link #WINDOW} requests: one fails that gets no answer within its time or whose connection is lost,
 * and one is slow that takes more than half its time. An answer that refuses is an answer. When too many fail or are slow, all
 * are refused for a while; then {@link #TRIALS} are let through, whose fate decides. What shows sooner that the server answers
 * ends the while: a new connection, or an answer to what is asked in any case ({@link Prover}).
 *
 * <p>Safe for use by many threads; takes no lock that is held for longer than a few steps.
 */
final class NodeBreaker {
    /** A count and not a time: seconds full of good answers would hide the first hundred bad ones. */
    static final int WINDOW = 100;

    /** Fewer say nothing. */
    static final int LEAST = 20;

    static final int TRIALS = 5;
    private static final int MOST_FAILED_PERCENT = 50;
    private static final int MOST_SLOW_PERCENT = 80;

    /** So that the servers of a fleet are not asked again by everybody at once. */
    private static final double JITTER = 0.5;

    private static final System.Logger LOG = System.getLogger("io.cacheservice.redis");

    private final String where;
    private final Budgets budgets;
    private final TimeSource time;
    private final CircuitBreaker breaker;
    /** What was last told of it. Looked at after each end: whoever listens to the breaker has it make an event of each. */
    private final AtomicBoolean isLeftAlone = new AtomicBoolean();

    /** What the breaker is told of a request's time, which has another limit for reads than for writes. */
    private static final long PROMPT_NANOS = 1;

    private static final long SLOW_NANOS = 3;
    private static final Duration BETWEEN = Duration.ofNanos(2);

    /** @param pause zero: it is never left alone */
    NodeBreaker(String where, Duration pause, Budgets budgets, TimeSource time) {
        this.where = where;
        this.budgets = budgets;
        this.time = time;
        this.breaker = CircuitBreaker.of(
                where,
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, LEAST, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(MOST_FAILED_PERCENT)
                        .slowCallRateThreshold(MOST_SLOW_PERCENT)
                        .slowCallDurationThreshold(BETWEEN)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofRandomized(pause.isZero() ? Duration.ofSeconds(1) : pause, JITTER))
                        .clock(new Ticks(time))
                        .build());
        if (pause.isZero()) {
            breaker.transitionToDisabledState();
        }
    }

    /** Whether {@code request} may be sent; its end is then to be told. */
    boolean admits(KeyRequest<?> request) {
        if (!breaker.tryAcquirePermission()) {
            return false;
        }
        request.admittedBy(this);
        return true;
    }

    /** {@code request} was answered, in whatever way. */
    void answered(KeyRequest<?> request) {
        long budgetNanos = budgets.nanos(request.access());
        long leftNanos = request.deadlineNanos() - time.nanoTime();
        breaker.onSuccess(leftNanos < budgetNanos / 2 ? SLOW_NANOS : PROMPT_NANOS, TimeUnit.NANOSECONDS);
        tellIfChanged();
    }

    /** A request got no answer. */
    void failed(Throwable why) {
        breaker.onError(PROMPT_NANOS, TimeUnit.NANOSECONDS, why);
        tellIfChanged();
    }

    /** A request that was let through ended without the server's doing. */
    void undecided() {
        breaker.releasePermission();
    }

    /** The server has answered what is asked in any case, {@code afterNanos} after it was sent. */
    void heard(long afterNanos) {
        if (breaker.getState() == State.OPEN && afterNanos < budgets.readNanos() / 2) {
            try {
                breaker.transitionToHalfOpenState();
            } catch (IllegalStateTransitionException others) {
                // whom it was let through meanwhile have closed it: that is what was wanted
                LOG.log(System.Logger.Level.DEBUG, "The breaker of " + where + " was closed meanwhile", others);
            }
        }
    }

    /** Whether requests are refused, all or most. */
    boolean isOpen() {
        State now = breaker.getState();
        return now == State.OPEN || now == State.HALF_OPEN;
    }

    CacheException refusal() {
        return Failures.leftAlone(where);
    }

    private void tellIfChanged() {
        boolean before = isLeftAlone.get();
        if (isOpen() != before && isLeftAlone.compareAndSet(before, !before)) {
            if (before) {
                LOG.log(System.Logger.Level.INFO, where + " answers in time again");
            } else {
                LOG.log(
                        System.Logger.Level.WARNING,
                        where + " is left alone: too many of its last " + WINDOW
                                + " answers came late or not at all (breakerPause). Until it answers, what has a source is"
                                + " loaded from there");
            }
        }
    }

    /** The monotonic clock in the shape that the breaker wants. */
    private static final class Ticks extends Clock {
        private final TimeSource time;

        Ticks(TimeSource time) {
            this.time = time;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(time.nanoTime());
        }
    }
}
