package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RateLimitTest {
    @Test
    void countersCodesAndClaimsGoToOneCaller() {
        assertThat(RateLimit.run()).containsExactly(true, true, true, false, true, false, true, false, true);
    }
}
