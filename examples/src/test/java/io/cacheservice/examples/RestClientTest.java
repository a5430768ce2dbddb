package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class RestClientTest {
    @Test
    void loadersWithAContextAreRefusedUntilTheyAreBuilt() {
        // says more when the feature is there: then assert what the lesson returns
        assertThatThrownBy(RestClient::run)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("not yet")
                .hasMessageContaining("context");
    }
}
