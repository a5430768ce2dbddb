package io.cacheservice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SearchResultsTest {
    @Test
    void aWriteDropsTheResultsItMayChange() {
        assertThat(SearchResults.run()).isEqualTo("[17, 4, 1] kept: false, hats kept: true");
    }
}
