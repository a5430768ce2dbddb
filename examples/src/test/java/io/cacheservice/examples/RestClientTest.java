package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RestClientTest {
    @Test
    void whatHasPassedItsMaxAgeIsAskedForWithItsEtagAndRenewed() {
        assertThat(RestClient.run())
                .containsExactly("/rates if none match null", "/rates if none match v1", "rates, stale: false");
    }
}
