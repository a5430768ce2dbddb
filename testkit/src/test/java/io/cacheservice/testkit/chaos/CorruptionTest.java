package io.cacheservice.testkit.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CorruptionTest {
    @Test
    void bytesAreAlwaysOthersThanTheyWere() {
        SplittableRandom dice = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[1 + dice.nextInt(40)];
            dice.nextBytes(bytes);
            byte[] before = bytes.clone();

            assertThat(Corruption.of(bytes, dice)).isNotEqualTo(before);
            assertThat(bytes).as("what was given").isEqualTo(before);
        }
    }

    @Test
    void countersAndNothingAreLeftAlone() {
        assertThat(Corruption.isPossible("-120".getBytes(US_ASCII))).isFalse();
        assertThat(Corruption.isPossible(new byte[0])).isFalse();
        assertThat(Corruption.isPossible("120 ".getBytes(US_ASCII))).isTrue();
    }
}
