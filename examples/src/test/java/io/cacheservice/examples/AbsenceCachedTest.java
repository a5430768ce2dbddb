package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AbsenceCachedTest {
    @Test
    void anAbsenceIsAskedForOnce() {
        assertThat(AbsenceCached.run()).isEqualTo("hit true, value null, 1 query");
    }
}
