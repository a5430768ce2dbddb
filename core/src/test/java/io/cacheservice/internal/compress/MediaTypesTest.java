package io.cacheservice.internal.compress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
    @ParameterizedTest
    @ValueSource(strings = {"image/png", "IMAGE/JPEG", "video/mp4", "application/zip", "application/gzip; x=y"})
    void whatIsCompressedIsKnown(String type) {
        assertThat(MediaTypes.isCompressed(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/svg+xml", "text/html", "application/json", "application/octet-stream"})
    void theRestMayGetShorter(String type) {
        assertThat(MediaTypes.isCompressed(type)).isFalse();
    }
}
