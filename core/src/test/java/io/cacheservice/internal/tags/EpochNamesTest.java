package io.cacheservice.internal.tags;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochNamesTest {
    @Test
    void theEpochsOfEveryCacheAreNamedByTheHashesThatOtherVersionsCompute() {
        assertThat(Epochs.CLEAR).isEqualTo(Epochs.hash("\u0000clear"));
        assertThat(Epochs.ANY_TAG).isEqualTo(Epochs.hash("\u0000any"));
    }
}
