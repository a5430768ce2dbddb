package io.cacheservice.internal.compress;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.internal.compress.DictionaryChoice.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryChoiceTest {
    private static Candidate candidate(int size, long heldOutBytes) {
        return new Candidate(Trained.of(new byte[size]), heldOutBytes);
    }

    private static int chosen(long otherwiseBytes, Candidate... candidates) {
        return DictionaryChoice.of(List.of(candidates), otherwiseBytes)
                .map(candidate -> candidate.trained().dictionary().length)
                .orElse(0);
    }

    @Test
    void theSmallestWithinTwoPercentOfTheBestIsChosen() {
        assertThat(chosen(10_000, candidate(4, 1_030), candidate(8, 1_019), candidate(16, 1_000)))
                .isEqualTo(8);
    }

    @Test
    void whatSavesLessThanATenthIsNotWorthKeeping() {
        assertThat(chosen(1_000, candidate(4, 901))).isZero();
        assertThat(chosen(1_000, candidate(4, 899))).isEqualTo(4);
    }

    @Test
    void withoutACandidateThereIsNone() {
        assertThat(chosen(1_000)).isZero();
    }
}
