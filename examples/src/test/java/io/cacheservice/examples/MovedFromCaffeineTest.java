package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MovedFromCaffeineTest {
    @Test
    void theCallsKeepTheirNamesAndMeanings() {
        assertThat(MovedFromCaffeine.run())
                .isEqualTo("Price[product=1, cents=100] Price[product=2, cents=222] 2 Price[product=3, cents=333] null"
                        + " hits 3");
    }
}
