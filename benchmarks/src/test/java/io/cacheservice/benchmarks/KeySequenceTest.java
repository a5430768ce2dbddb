package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeySequenceTest {
    @Test
    void aLookupUsesAnEqualKeyAndNotTheStoredObject() {
        assertThat(KeySequence.key(5)).isEqualTo(KeySequence.key(5)).isNotSameAs(KeySequence.key(5));
    }

    @Test
    void uniformKeysAreAboutEquallyFrequent() {
        Map<String, Long> counts = counts(KeySequence.uniform(1_000, 1));

        assertThat(counts).hasSize(1_000);
        assertThat(Collections.max(counts.values())).isLessThan(2 * Collections.min(counts.values()));
    }

    @Test
    void theHottestOfAHundredThousandZipfKeysTakesAboutATwelfthOfTheLookups() {
        String[] sequence = KeySequence.zipf(100_000, 1);

        double share = Collections.max(counts(sequence).values()) / (double) sequence.length;

        assertThat(share).isBetween(0.07, 0.09);
    }

    private static Map<String, Long> counts(String[] sequence) {
        return Arrays.stream(sequence).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
