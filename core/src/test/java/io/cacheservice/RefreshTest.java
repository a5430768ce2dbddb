package io.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void policiesAreEqualWhenTheyDecideAlike() {
        assertThat(Refresh.xfetch()).isEqualTo(Refresh.xfetch(1)).isNotEqualTo(Refresh.xfetch(2));
        assertThat(Refresh.threshold(SECOND, 0.5))
                .isEqualTo(Refresh.threshold(Duration.ofSeconds(1), 0.5))
                .isNotEqualTo(Refresh.threshold());
        assertThat(Refresh.eager(0.8)).isEqualTo(Refresh.eager(0.8)).isNotEqualTo(Refresh.eager(0.9));
        assertThat(Refresh.staleWhileRevalidate(SECOND))
                .isEqualTo(Refresh.staleWhileRevalidate(SECOND, Refresh.none()))
                .isNotEqualTo(Refresh.staleWhileRevalidate(SECOND, Refresh.xfetch()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aBetaIsAFiniteNumberAboveZero(double beta) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Refresh.xfetch(beta))
                .withMessage("beta " + beta + " is refused: expected a number above zero; 1 is the usual one");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aProbabilityIsFromZeroToOne(double probability) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Refresh.threshold(SECOND, probability))
                .withMessage("probability " + probability + " is refused: expected 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
    void aFractionIsAPartOfTheLife(double fraction) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Refresh.eager(fraction))
                .withMessageContaining("fraction " + fraction + " is refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000999999S", "PT876000H0.001S"})
    void aThresholdAndAWindowLastFromAMillisecondToAHundredYears(Duration length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Refresh.threshold(length, 0.5))
                .withMessage("threshold " + length + " is refused: expected 1 ms to 36500 days");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Refresh.staleWhileRevalidate(length))
                .withMessage("window " + length + " is refused: expected 1 ms to 36500 days");
    }

    @Test
    void anEntryHasOneWindowAfterItsEnd() {
        Refresh window = Refresh.staleWhileRevalidate(SECOND);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Refresh.staleWhileRevalidate(SECOND, window))
                .withMessageContaining("one window after its end");
    }
}
