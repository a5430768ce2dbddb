package io.cacheservice.internal.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private final Random random = new Random(1);
    private final Samples samples = new Samples();

    private boolean offer(int count, int bytes) {
        boolean isEnough = false;
        for (int i = 0; i < count; i++) {
            isEnough = samples.offer(new byte[bytes], random);
        }
        return isEnough;
    }

    @Test
    void aThousandValuesAreEnough() {
        assertThat(offer(999, 100)).isFalse();
        assertThat(offer(1, 100)).isTrue();
    }

    @Test
    void manyMoreTakeNoMoreRoom() {
        offer(50_000, 100);
        assertThat(samples.count()).isEqualTo(1_000);
    }

    @Test
    void laterValuesAreInItToo() {
        offer(1_000, 100);
        offer(9_000, 200);
        assertThat(samples.take().stream().filter(value -> value.length == 200).count())
                .isBetween(850L, 950L);
    }

    @Test
    void longValuesAreLeftOut() {
        offer(2_000, Samples.MOST_VALUE_BYTES + 1);
        assertThat(samples.count()).isZero();
    }

    @Test
    void twoMegabytesAreEnough() {
        offer(2_000, Samples.MOST_VALUE_BYTES);
        assertThat(samples.take()).hasSize(Samples.MOST_BYTES / Samples.MOST_VALUE_BYTES);
        assertThat(samples.count()).isZero();
    }
}
