package io.cacheservice.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FairSharesTest {
    @Test
    void aSingleCacheMayUseTheWholeBound() {
        assertThat(FairShares.maxima(1_000, new long[] {10})).containsExactly(1_000);
    }

    @Test
    void whileThereIsRoomEachMayGrowIntoAllThatIsFree() {
        assertThat(FairShares.maxima(1_000, new long[] {600, 100})).containsExactly(900, 500);
    }

    @Test
    void overTheBoundTheLargestIsCutAndTheSmallestIsNot() {
        long[] maxima = FairShares.maxima(6_400, new long[] {6_000, 1_000});

        assertThat(maxima[0]).isEqualTo(6_300 - 1_000);
        assertThat(maxima[1]).isGreaterThan(1_000);
    }

    @Test
    void overTheBoundTwoLargeOnesAreCutToTheSameLevel() {
        assertThat(FairShares.maxima(6_400, new long[] {5_000, 4_000, 300})).containsExactly(3_000, 3_000, 3_000);
    }

    @Test
    void whatIsKeptNeverExceedsTheBoundAndNobodyIsCutBelowAnEqualShare() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            long bound = random.nextLong(64, 1L << 40);
            long[] used = random.longs(random.nextInt(1, 9), 0, bound).toArray();

            long[] maxima = FairShares.maxima(bound, used);

            long kept = 0;
            for (int i = 0; i < used.length; i++) {
                kept += Math.min(used[i], maxima[i]);
                assertThat(maxima[i]).isGreaterThanOrEqualTo((bound - bound / 64) / used.length - 1);
            }
            assertThat(kept)
                    .as("bound %d used %s", bound, Arrays.toString(used))
                    .isLessThanOrEqualTo(bound);
        }
    }
}
