package io.cacheservice.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianOfAnOddNumberOfValuesIsTheMiddleOne() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
    }

    @Test
    void theMedianOfAnEvenNumberOfValuesLiesBetweenTheMiddleTwo() {
        assertThat(Spread.of(List.of(1.0, 2.0, 4.0, 100.0)).median()).isEqualTo(3);
    }

    @Test
    void quartilesAreInterpolatedBetweenNeighbours() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(1, 1.75, 2.5, 3.25, 4));
    }

    @Test
    void aSingleValueIsItsWholeSpread() {
        assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7, 7, 7));
    }

    @Test
    void noValuesHaveNoSpread() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
