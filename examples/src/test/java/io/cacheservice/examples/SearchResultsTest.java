package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SearchResultsTest {
    @Test
    void tagsAreRefusedUntilTheyAreBuilt() {
        // says more when the feature is there: then assert what the lesson returns
        assertThatThrownBy(SearchResults::run)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("not yet")
                .hasMessageContaining("tags");
    }
}
