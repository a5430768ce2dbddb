package io.cacheservice.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.cacheservice.Refresh;
import io.cacheservice.internal.refresh.SimulatedEnds.Means;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy does to the reads and to the source is what its formulas say, within a tenth. */
class EarlyRefreshStatisticsTest {
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final Duration COST = Duration.ofMillis(100);
    private static final double COST_SECONDS = 0.1;
    private static final double EULER = 0.5772;

    private static SimulatedEnds xfetch(double beta, double readsPerSecond) {
        return SimulatedEnds.of(Refresh.xfetch(beta), readsPerSecond, LIFE, COST);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 1000", "0.5, 1000", "1, 200", "1, 5000"})
    void xfetchStartsTheLoadTheEarlierTheLongerItTakesAndTheMoreReadsThereAre(double beta, double readsPerSecond) {
        double mean = beta * COST_SECONDS;
        double lead = mean * (Math.log(readsPerSecond * mean) + EULER);

        assertThat(xfetch(beta, readsPerSecond).run(500).leadSeconds()).isCloseTo(lead, withinPercentage(10));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 1000", "1, 300", "1, 1000", "1, 2500", "2, 1000", "3, 1000"})
    void withoutALeaseXfetchStartsAsManyLoadsAsItsBetaSaysHoweverManyReadsThereAre(double beta, double readsPerSecond) {
        assertThat(xfetch(beta, readsPerSecond).run(1_000).loads()).isCloseTo(Math.exp(1 / beta), withinPercentage(10));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 1000", "1, 1000", "1, 10", "3, 1000"})
    void withALeaseThereIsOneLoadForEachEnd(double beta, double readsPerSecond) {
        Means means = xfetch(beta, readsPerSecond).withLease().run(500);

        assertThat(means.loads()).isEqualTo(1);
        assertThat(means.mostLoads()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "1, 10", "2, 10"})
    void ofAKeyThatIsReadSeldomXfetchStartsALoadBeforeSomeOfItsEndsOnly(double beta, double readsPerSecond) {
        assertThat(xfetch(beta, readsPerSecond).run(4_000).early())
                .isCloseTo(1 - Math.exp(-readsPerSecond * beta * COST_SECONDS), withinPercentage(10));
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "1, 30", "1, 100", "2, 10", "2, 30"})
    void theLoadIsLateTheMoreRarelyTheMoreReadsThereAreWhileItRuns(double beta, double readsPerSecond) {
        double late = Math.exp(-readsPerSecond * beta * COST_SECONDS * Math.exp(-1 / beta));

        int ends = (int) (500 / late); // so that some five hundred are late

        assertThat(xfetch(beta, readsPerSecond).run(ends).late()).isCloseTo(late, withinPercentage(10));
    }

    @Test
    void withABetaOfTwoALoadOfAHotKeyIsAsGoodAsNeverLate() {
        assertThat(xfetch(2, 100).run(10_000).late()).isLessThan(1e-4);
    }

    /** Were the logarithm taken of the other side of (0, 1], or its sign lost, one of these would not hold. */
    @Test
    void xfetchStartsNoLoadFarFromTheEndAndHardlyEverNoneBeforeIt() {
        Means means = xfetch(1, 1_000).run(500);

        assertThat(means.leadSeconds()).isBetween(0.4, 0.7);
        assertThat(means.early()).isEqualTo(1);
        assertThat(means.waited()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1000, 0.01", "1000, 0.1", "100, 0.01"})
    void thresholdStartsTheLoadOnceItsDiceHaveFallenOnAverage(double readsPerSecond, double probability) {
        Duration threshold = Duration.ofSeconds(10);
        Means means = SimulatedEnds.of(Refresh.threshold(threshold, probability), readsPerSecond, LIFE, COST)
                .run(4_000);

        assertThat(10 - means.leadSeconds()).isCloseTo(1 / (readsPerSecond * probability), withinPercentage(10));
    }

    @ParameterizedTest
    @CsvSource({"1000, 0.01", "10000, 0.01", "10000, 0.1"})
    void withoutALeaseThresholdStartsTheMoreLoadsTheMoreReadsThereAre(double readsPerSecond, double probability) {
        SimulatedEnds ends =
                SimulatedEnds.of(Refresh.threshold(Duration.ofSeconds(10), probability), readsPerSecond, LIFE, COST);

        assertThat(ends.run(1_000).loads())
                .isCloseTo(1 + readsPerSecond * probability * COST_SECONDS, withinPercentage(10));
        assertThat(ends.withLease().run(1_000).mostLoads()).isEqualTo(1);
    }

    @Test
    void aKeyReadOnceAMinuteIsNeverWaitedForOnlyWithAWindowAfterItsEnd() {
        double readsPerSecond = 1 / 60.0;
        Refresh window = Refresh.staleWhileRevalidate(Duration.ofHours(1), Refresh.xfetch());

        assertThat(xfetch(1, readsPerSecond).run(4_000).waited()).isGreaterThan(0.99);
        assertThat(SimulatedEnds.of(window, readsPerSecond, LIFE, COST)
                        .run(4_000)
                        .waited())
                .isZero();
    }
}
