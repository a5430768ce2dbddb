package io.cacheservice.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed bytes of versions 1 and 2: every later version reads them, and writes what it can write the same way. */
class WireFormatFixturesTest {
    static Stream<String> names() {
        return SampleEntries.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theDecoderReadsTheFixture(String name) throws IOException {
        byte[] fixture = fixture(name);
        SampleEntries.Sample expected = sample(name);

        Decoded.Stored stored = (Decoded.Stored) EntryCodec.decode(fixture, fixture.length);

        assertThat(stored.header()).isEqualTo(expected.header());
        assertThat(Arrays.copyOfRange(fixture, stored.payloadOffset(), fixture.length))
                .isEqualTo(expected.payloadBytes());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theEncoderWritesTheFixtureByteForByte(String name) throws IOException {
        assertThat(sample(name).encoded()).isEqualTo(fixture(name));
    }

    @Test
    void everyFixtureHasItsSample() throws IOException {
        try (Stream<Path> files = Files.walk(SampleEntries.FIXTURES).filter(Files::isRegularFile)) {
            assertThat(files.map(file -> SampleEntries.FIXTURES.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            names().map(SampleEntries::fixture).toList());
        }
    }

    private static SampleEntries.Sample sample(String name) {
        return Objects.requireNonNull(SampleEntries.all().get(name));
    }

    private static byte[] fixture(String name) throws IOException {
        return Files.readAllBytes(SampleEntries.FIXTURES.resolve(SampleEntries.fixture(name)));
    }
}
