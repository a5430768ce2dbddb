package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"0, 2, 5", "1, 5, 10", "3, 20, 40", "6, 160, 320", "7, 250, 500", "8, 250, 500", "2147483647, 250, 500"
    })
    void thePauseDoublesFromAlmostNothingToHalfASecond(int failures, long least, long most) {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(Backoff.delayMillis(failures, random)).isBetween(least, most);
        }
    }

    @ParameterizedTest
    @CsvSource({"3", "9"})
    void twoClientsRarelyComeBackTogether(int failures) {
        Random random = new Random(1);
        assertThat(random.longs(100)
                        .map(seed -> Backoff.delayMillis(failures, new Random(seed)))
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }

    @Test
    void aFleetThatLostItsServerForSomeSecondsComesBackSpreadOverHalfASecond() {
        int clients = 1_000;
        long backAtMillis = 10_000;
        int[] perTwentieth = new int[20]; // of the half second, 25 ms each
        for (int client = 0; client < clients; client++) {
            Random random = new Random(client);
            long at = 0;
            for (int failures = 0; at < backAtMillis; failures++) {
                at += Backoff.delayMillis(failures, random);
            }
            perTwentieth[(int) ((at - backAtMillis) / 25)]++;
        }

        // evenly over 250 to 500 ms would be 4 to 7 % in each
        assertThat(Arrays.stream(perTwentieth).max().orElseThrow()).isLessThan(clients / 8);
    }
}
