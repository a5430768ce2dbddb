package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DatabaseRowTest {
    @Test
    void aRowIsReadOnceAndAgainAfterItsInvalidation() {
        assertThat(DatabaseRow.run())
                .isEqualTo("User[id=7, name=Ada], User[id=7, name=Ada], User[id=7, name=Ada Lovelace] with 2 queries");
    }
}
