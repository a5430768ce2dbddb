package io.cacheservice.internal.refresh;

import static io.cacheservice.internal.refresh.Verdict.LOAD;
import static io.cacheservice.internal.refresh.Verdict.SERVE;
import static io.cacheservice.internal.refresh.Verdict.SERVE_AND_REFRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.cacheservice.Refresh;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyRefreshTest {
    private static final long LIFE = TimeUnit.SECONDS.toNanos(60);
    private static final long COST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final RandomGenerator UNWANTED = () -> {
        throw new AssertionError("no dice are thrown here");
    };
    private static final EarlyRefresh XFETCH = EarlyRefresh.of(Refresh.xfetch());

    static List<Refresh> policies() {
        return List.of(
                Refresh.none(),
                Refresh.xfetch(),
                Refresh.threshold(TEN_SECONDS, 1),
                Refresh.eager(0.8),
                Refresh.staleWhileRevalidate(TEN_SECONDS),
                Refresh.staleWhileRevalidate(TEN_SECONDS, Refresh.xfetch()));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void anEntryIsServedWithoutDiceUntilItsWindowBegins(Refresh policy) {
        EarlyRefresh refresh = EarlyRefresh.of(policy);
        long window = refresh.windowNanos(LIFE, COST);

        assertThat(window).isBetween(0L, LIFE - 1);
        assertThat(refresh.decide(LIFE, LIFE, COST, UNWANTED)).isEqualTo(SERVE);
        assertThat(refresh.decide(Math.max(1, window), LIFE, COST, UNWANTED)).isEqualTo(SERVE);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void anEntryWithoutEndIsServed(Refresh policy) {
        for (long life : new long[] {0, FOR_EVER}) {
            assertThat(EarlyRefresh.of(policy).decide(FOR_EVER, life, COST, UNWANTED))
                    .isEqualTo(SERVE);
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void anEntryThatIsOverIsLoadedUnlessThereIsAWindowAfterItsEnd(Refresh policy) {
        EarlyRefresh refresh = EarlyRefresh.of(policy);
        boolean hasWindow = policy instanceof Refresh.StaleWhileRevalidate;

        assertThat(refresh.staleNanos()).isEqualTo(hasWindow ? TEN_SECONDS.toNanos() : 0);
        for (long after : new long[] {0, 1, TEN_SECONDS.toNanos() - 1}) {
            assertThat(refresh.decide(-after, LIFE, COST, UNWANTED)).isEqualTo(hasWindow ? SERVE_AND_REFRESH : LOAD);
        }
        assertThat(refresh.decide(-TEN_SECONDS.toNanos(), LIFE, COST, UNWANTED)).isEqualTo(LOAD);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void decidingAllocatesNothing(Refresh policy) {
        EarlyRefresh refresh = EarlyRefresh.of(policy);
        RandomGenerator random = new SplittableRandom(2015);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int decisions = 20_000;
        serve(refresh, random, decisions);

        long before = threads.getCurrentThreadAllocatedBytes();
        serve(refresh, random, decisions);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated)
                .as("bytes, of which some are those of the measurement")
                .isLessThan(decisions);
    }

    private static void serve(EarlyRefresh refresh, RandomGenerator random, int decisions) {
        for (int i = 0; i < decisions; i++) {
            // with the dice thrown, or not
            long remaining = i % 2 == 0 ? COST : LIFE;
            assertThatIsServed(refresh.decide(remaining, LIFE, COST, random));
        }
    }

    private static void assertThatIsServed(Verdict verdict) {
        if (verdict == LOAD) {
            throw new AssertionError(verdict);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2})
    void xfetchRefreshesWithAProbabilityThatFallsByEForEachBetaTimesTheCostThatRemains(double beta) {
        EarlyRefresh refresh = EarlyRefresh.of(Refresh.xfetch(beta));
        for (double means : new double[] {0.1, 1, 5, 15}) {
            long remaining = Math.round(means * beta * COST);
            double probability = Math.exp(-means);

            assertThat(refresh.decide(remaining, LIFE, COST, dice(1 - probability * 1.001)))
                    .isEqualTo(SERVE);
            assertThat(refresh.decide(remaining, LIFE, COST, dice(1 - probability * 0.999)))
                    .isEqualTo(SERVE_AND_REFRESH);
        }
    }

    @Test
    void theLogarithmIsOfANumberAboveZeroAndAtMostOneSoThatTheLowestDiceNeverRefresh() {
        assertThat(XFETCH.decide(1, LIFE, COST, dice(0))).isEqualTo(SERVE);
        assertThat(XFETCH.decide(1, LIFE, COST, dice(Double.MIN_VALUE))).isEqualTo(SERVE);
    }

    @Test
    void theHighestDiceRefreshWhereverTheyAreThrown() {
        long window = XFETCH.windowNanos(LIFE, COST);

        assertThat(XFETCH.decide(window - 1, LIFE, COST, dice(Math.nextDown(1.0))))
                .isEqualTo(SERVE_AND_REFRESH);
    }

    @Test
    void beforeTheWindowXfetchWouldHaveRefreshedLessThanOnceInABillionReads() {
        double means = XFETCH.windowNanos(LIFE, COST) / (double) COST;

        assertThat(Math.exp(-means)).isCloseTo(1e-9, within(1e-12));
    }

    @Test
    void whatWasNotLoadedHasNoCostAndIsNotRefreshedByXfetch() {
        assertThat(XFETCH.windowNanos(LIFE, 0)).isZero();
        assertThat(XFETCH.decide(1, LIFE, 0, UNWANTED)).isEqualTo(SERVE);
        assertThat(XFETCH.decide(1, 0, COST, UNWANTED)).isEqualTo(SERVE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 4, 100})
    void aSourceThatGetsSlowIsAskedNoEarlierThanIfALoadTookATenthOfTheLife(double beta) {
        EarlyRefresh refresh = EarlyRefresh.of(Refresh.xfetch(beta));
        double justAfterTheFill = Math.exp(-10);

        for (long cost : new long[] {LIFE / 10, LIFE, 100 * LIFE}) {
            assertThat(refresh.decide(LIFE - 1, LIFE, cost, dice(1 - justAfterTheFill * 1.001)))
                    .isEqualTo(SERVE);
            assertThat(refresh.decide(LIFE - 1, LIFE, cost, dice(1 - justAfterTheFill * 0.999)))
                    .isEqualTo(SERVE_AND_REFRESH);
        }
    }

    @Test
    void thresholdThrowsItsDiceWhenLessThanItRemains() {
        EarlyRefresh refresh = EarlyRefresh.of(Refresh.threshold(TEN_SECONDS, 0.25));
        long threshold = TEN_SECONDS.toNanos();

        assertThat(refresh.decide(threshold, LIFE, 0, dice(0.24))).isEqualTo(SERVE);
        assertThat(refresh.decide(threshold - 1, LIFE, 0, dice(0.24))).isEqualTo(SERVE_AND_REFRESH);
        assertThat(refresh.decide(threshold - 1, LIFE, 0, dice(0.25))).isEqualTo(SERVE);
        assertThat(refresh.decide(threshold - 1, 0, 0, dice(0.24)))
                .as("of an entry whose life nobody knows")
                .isEqualTo(SERVE_AND_REFRESH);
    }

    @Test
    void aThresholdLongerThanTheLifeBeginsAtHalfOfIt() {
        EarlyRefresh refresh = EarlyRefresh.of(Refresh.threshold(TEN_SECONDS, 1));
        long life = TimeUnit.SECONDS.toNanos(4);

        assertThat(refresh.decide(life / 2, life, COST, dice(0))).isEqualTo(SERVE);
        assertThat(refresh.decide(life / 2 - 1, life, COST, dice(0))).isEqualTo(SERVE_AND_REFRESH);
    }

    @Test
    void eagerRefreshesAtTheFirstReadAfterItsFractionOfTheLife() {
        EarlyRefresh refresh = EarlyRefresh.of(Refresh.eager(0.8));

        assertThat(refresh.decide(LIFE / 5, LIFE, 0, UNWANTED)).isEqualTo(SERVE);
        assertThat(refresh.decide(LIFE / 5 - 1, LIFE, 0, UNWANTED)).isEqualTo(SERVE_AND_REFRESH);
        assertThat(refresh.decide(1, 0, 0, UNWANTED))
                .as("of an entry whose life nobody knows")
                .isEqualTo(SERVE);
    }

    @Test
    void aWindowAfterTheEndLeavesTheTimeBeforeItToAnotherPolicy() {
        EarlyRefresh refresh = EarlyRefresh.of(Refresh.staleWhileRevalidate(TEN_SECONDS, Refresh.eager(0.8)));

        assertThat(refresh.windowNanos(LIFE, COST))
                .isEqualTo(EarlyRefresh.of(Refresh.eager(0.8)).windowNanos(LIFE, COST));
        assertThat(refresh.decide(1, LIFE, COST, UNWANTED)).isEqualTo(SERVE_AND_REFRESH);
    }

    @Test
    void thresholdWithoutNumbersTakesThoseOfTheSettings() {
        Refresh threshold = Refresh.threshold(TEN_SECONDS, 0.5);

        assertThat(EarlyRefresh.settled(Refresh.threshold(), TEN_SECONDS, 0.5)).isEqualTo(threshold);
        assertThat(EarlyRefresh.settled(
                        Refresh.staleWhileRevalidate(TEN_SECONDS, Refresh.threshold()), TEN_SECONDS, 0.5))
                .isEqualTo(Refresh.staleWhileRevalidate(TEN_SECONDS, threshold));
    }

    @Test
    void aSettingOfNoThresholdIsNoEarlyRefresh() {
        assertThat(EarlyRefresh.settled(Refresh.threshold(), Duration.ZERO, 1)).isEqualTo(Refresh.none());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aPolicyThatHasItsNumbersIsSettled(Refresh policy) {
        assertThat(EarlyRefresh.settled(policy, Duration.ofDays(1), 0.5)).isEqualTo(policy);
    }

    @Test
    void aPolicyThatLacksItsNumbersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyRefresh.of(Refresh.threshold()))
                .withMessageContaining("is not settled");
    }

    private static RandomGenerator dice(double dice) {
        return new RandomGenerator() {
            @Override
            public double nextDouble() {
                return dice;
            }

            @Override
            public long nextLong() {
                throw new AssertionError("only nextDouble is known here");
            }
        };
    }
}
