package io.cacheservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.server.source.CityDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with sources, as a user runs it. */
class SourcesServeTest {
    @TempDir
    private Path folder;

    private Path yaml;

    @BeforeEach
    void makeSources() throws Exception {
        CityDatabase.open(folder).close();
        Files.createDirectories(folder.resolve("pages"));
        yaml = Files.writeString(folder.resolve("cities.yaml"), """
                maxMemory: 64mb
                sources:
                  - pattern: "city:*"
                    ttl: 90m
                    jdbc:
                      url: jdbc:h2:FOLDER/cities
                      username: reader
                      passwordEnv: CITIES_PASSWORD
                      query: select name from city where id = ?
                      bulkQuery: select id, name from city where id in (?)
                      valueColumn: name
                      keyType: number
                  - pattern: "page:*"
                    directory: {path: FOLDER/pages}
                """.replace("FOLDER", folder.toString()));
    }

    @Test
    void theScreenNamesTheSourcesAndTheCommandsUseThem() throws Exception {
        try (Program program =
                Program.serve(Map.of("CITIES_PASSWORD", CityDatabase.PASSWORD), "--config", yaml.toString())) {
            assertThat(program.screen())
                    .contains(
                            "Source         city:* from a database (jdbc:h2, in bulk), kept 90m",
                            "Source         page:* from the directory " + folder.toRealPath() + "/pages, kept 1h")
                    .anyMatch(line -> line.contains("maxMemory = 64mb"))
                    .noneMatch(line -> line.contains(CityDatabase.PASSWORD));
            Map<String, String> client = Map.of("CACHE_SERVICE_URL", program.url());
            Path keys = Files.writeString(folder.resolve("keys"), "city:2950159\ncity:98182\ncity:1\n");

            assertThat(Program.run(client, "get", "city:2950159").text()).isEqualTo("Berlin");
            assertThat(Program.run(client, "get", "city:1").exitCode()).isEqualTo(1);
            Program.Result warmed = Program.run(client, "warm", keys.toString(), "--json");
            assertThat(warmed.text())
                    .contains("\"loaded\":1")
                    .contains("\"present\":1")
                    .contains("\"absent\":1");
        }
    }

    @Test
    void aSourceThatFailsEndsGetWithItsPatternAndACode() throws Exception {
        try (Program program = Program.serve(Map.of("CITIES_PASSWORD", "wrong-4711"), "--config", yaml.toString())) {
            Program.Result get = Program.run(Map.of("CACHE_SERVICE_URL", program.url()), "get", "city:2950159");

            assertThat(get.exitCode()).isEqualTo(4);
            assertThat(get.err()).contains("'city:*'").doesNotContain("wrong-4711");
        }
    }

    @Test
    void aWrongSourceStopsTheStartWithItsPlace() throws Exception {
        Files.writeString(yaml, Files.readString(yaml).replace("keyType: number", "keyType: int"));

        Program.Result serve = Program.run(
                Map.of("CITIES_PASSWORD", CityDatabase.PASSWORD), "serve", "--port", "0", "--config", yaml.toString());

        assertThat(serve.exitCode()).isEqualTo(2);
        assertThat(serve.err())
                .contains("cities.yaml line 12: sources[0].jdbc.keyType = int is refused: expected text or number")
                .doesNotContain("\tat ");
    }

    @Test
    void anotherCommandReadsTheSameFileAndLeavesItsSourcesAlone() throws Exception {
        Program.Result doctor = Program.run(Map.of(), "doctor", "--config", yaml.toString(), "--set", "maxMemory=32mb");

        assertThat(doctor.err()).doesNotContain("sources");
    }
}
