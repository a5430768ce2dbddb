package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.RefreshOutcome;
import org.junit.jupiter.api.Test;

class RefreshDecisionTest {
    @Test
    void enoughRemainingLifeIsFreshWhateverTheDice() {
        assertThat(RefreshDecision.byThreshold(100, 100, 1, 0)).isEqualTo(RefreshOutcome.FRESH);
    }

    @Test
    void anEntryWithoutEndIsFresh() {
        assertThat(RefreshDecision.byThreshold(Long.MAX_VALUE, 1_000, 1, 0)).isEqualTo(RefreshOutcome.FRESH);
    }

    @Test
    void probabilityOneAlwaysRefreshesAndZeroNever() {
        assertThat(RefreshDecision.byThreshold(99, 100, 1, Math.nextDown(1.0))).isEqualTo(RefreshOutcome.STARTED);
        assertThat(RefreshDecision.byThreshold(99, 100, 0, 0)).isEqualTo(RefreshOutcome.SKIPPED);
    }

    @Test
    void theDiceDecideInBetween() {
        assertThat(RefreshDecision.byThreshold(99, 100, 0.25, 0.24)).isEqualTo(RefreshOutcome.STARTED);
        assertThat(RefreshDecision.byThreshold(99, 100, 0.25, 0.25)).isEqualTo(RefreshOutcome.SKIPPED);
    }
}
