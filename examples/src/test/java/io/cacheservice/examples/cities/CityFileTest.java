package io.cacheservice.examples.cities;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CityFileTest {
    private static final String LYON =
            "{\"name\":\"Lyon\",\"lat\":\"45.74846\",\"lng\":\"4.84671\",\"country\":\"FR\",\"admin1\":\"84\",\"admin2\":\"\"}";

    @TempDir
    Path folder;

    @Test
    void aCityIsReadUnderItsKey() throws IOException {
        assertThat(CityFile.read(file("[" + LYON + "]\n")))
                .containsOnlyKeys("FR/Lyon/45.74846,4.84671")
                .containsValue(new City("Lyon", "45.74846", "4.84671", "FR", "84", ""));
    }

    @Test
    void whatIsCachedIsTheBytesOfTheFile() throws IOException {
        City lyon = CityFile.read(file("[" + LYON + "]")).values().iterator().next();

        assertThat(CityFile.CODEC.encode(lyon)).isEqualTo(LYON.getBytes(UTF_8));
    }

    @Test
    void aPlaceThatOccursTwiceIsRefused() throws IOException {
        Path file = file("[" + LYON + "," + LYON + "]");

        assertThatThrownBy(() -> CityFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has FR/Lyon/45.74846,4.84671 twice");
    }

    @Test
    void aFileWrittenInAnotherWayIsRefused() throws IOException {
        Path file = file("[ " + LYON + "]");

        assertThatThrownBy(() -> CityFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not written as expected");
    }

    @Test
    void aFileOfSomethingElseIsRefused() throws IOException {
        Path file = file("name,lat,lng");

        assertThatThrownBy(() -> CityFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a JSON array of cities");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("cities.json"), text);
    }
}
