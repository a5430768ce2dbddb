package io.cacheservice.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.internal.local.HeapPressure.Verdict;
import org.junit.jupiter.api.Test;

class HeapPressureTest {
    private final HeapPressure pressure = new HeapPressure(0.85);

    @Test
    void beyondTheShareSoMuchIsGivenBackThatTheHeapIsWellBelowIt() {
        assertThat(pressure.verdict(900, 1_000, 0)).isEqualTo(new Verdict.GiveBack(150));
    }

    @Test
    void whatWasGivenBackAndIsNotCollectedYetDoesNotCountAgain() {
        assertThat(pressure.verdict(900, 1_000, 150)).isEqualTo(new Verdict.Stay());
        assertThat(pressure.verdict(1_000, 1_000, 140)).isEqualTo(new Verdict.GiveBack(110));
    }

    @Test
    void aLittleBelowTheShareNothingChanges() {
        assertThat(pressure.verdict(850, 1_000, 0)).isEqualTo(new Verdict.Stay());
        assertThat(pressure.verdict(700, 1_000, 0)).isEqualTo(new Verdict.Stay());
    }

    @Test
    void farBelowItHalfOfWhatIsFreeMayBeTakenAgain() {
        assertThat(pressure.verdict(500, 1_000, 0)).isEqualTo(new Verdict.Regain(100));
    }

    @Test
    void nothingIsBeyondTheWholeHeap() {
        assertThat(new HeapPressure(HeapPressure.NEVER).verdict(1_000, 1_000, 0))
                .isEqualTo(new Verdict.Stay());
    }
}
