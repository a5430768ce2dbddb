package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import org.junit.jupiter.api.Test;

final class SharedSessionTest {
    @Test
    void aSlidingLifeIsRefusedUntilItIsBuilt() {
        // says more when the feature is there: then assert what the lesson returns
        assertThatThrownBy(() -> SharedSession.run(CacheConfig.builder().build()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("not yet")
                .hasMessageContaining("sliding");
    }
}
