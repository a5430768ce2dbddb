package io.cacheservice.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZipfRanksTest {
    @Test
    void theFirstIsAskedForTwiceAsOftenAsTheSecondAndTenTimesAsOftenAsTheTenth() {
        ZipfRanks ranks = new ZipfRanks(1_000);
        SplittableRandom dice = new SplittableRandom(7);
        int[] asked = new int[1_000];
        for (int i = 0; i < 1_000_000; i++) {
            asked[ranks.rank(dice.nextDouble())]++;
        }

        assertThat((double) asked[0] / asked[1]).isCloseTo(2, within(0.1));
        assertThat((double) asked[0] / asked[9]).isCloseTo(10, within(0.5));
    }

    @Test
    void everyThrowNamesARank() {
        ZipfRanks ranks = new ZipfRanks(3);

        assertThat(ranks.rank(0)).isZero();
        assertThat(ranks.rank(Math.nextDown(1.0))).isEqualTo(2);
        assertThat(new ZipfRanks(1).rank(Math.nextDown(1.0))).isZero();
    }
}
