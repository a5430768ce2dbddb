package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MovingTheClockTest {
    @Test
    void anEntryEndsWhenTheClockIsMovedToItsEnd() {
        assertThat(MovingTheClock.run()).containsExactly("Bern 1", "Bern 1", "Bern 2");
    }
}
