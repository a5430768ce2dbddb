package io.cacheservice.internal.compress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GainTest {
    private static final int PROBE = 64;
    private static final int NO_PROBE = 65;

    private final Gain gain = new Gain();

    private void tried(int times, int plain, int stored) {
        for (int i = 0; i < times; i++) {
            gain.tried(plain, stored);
        }
    }

    @Test
    void theFirstValueIsTried() {
        assertThat(gain.isWorthTrying(NO_PROBE)).isTrue();
    }

    @Test
    void whatGetsShorterByATenthIsWorthIt() {
        tried(100, 1_000, 890);
        assertThat(gain.isWorthTrying(NO_PROBE)).isTrue();
    }

    @Test
    void whatHardlyGetsShorterIsTriedOnceIn64() {
        tried(100, 1_000, 950);
        assertThat(gain.isWorthTrying(NO_PROBE)).isFalse();
        assertThat(gain.isWorthTrying(PROBE)).isTrue();
    }

    @Test
    void probesFindOutThatValuesHaveChanged() {
        tried(100, 1_000, 1_000);
        tried(20, 1_000, 200);
        assertThat(gain.isWorthTrying(NO_PROBE)).isTrue();
    }

    @Test
    void whatTakesTooLongForWhatItSavesIsNotWorthIt() {
        tried(100, 1_000, 800);
        for (int i = 0; i < 100; i++) {
            gain.took(1_000, 200_000);
        }
        assertThat(gain.isWorthTrying(NO_PROBE)).isFalse();
    }

    @Test
    void onePauseDuringAMeasurementChangesNothing() {
        tried(100, 1_000, 800);
        for (int i = 0; i < 10; i++) {
            gain.took(1_000, 5_000);
        }
        gain.took(1_000, 1_000_000_000);
        assertThat(gain.isWorthTrying(NO_PROBE)).isTrue();
    }

    @Test
    void theRatioIsThatOfLately() {
        assertThat(gain.ratio()).isEqualTo(1);
        tried(1_000, 900, 300);
        assertThat(gain.ratio()).isBetween(2.99, 3.01);
        tried(1_000, 900, 450);
        assertThat(gain.ratio()).isBetween(1.99, 2.01);
    }
}
