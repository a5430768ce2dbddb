package io.cacheservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourcesTest {
    @TempDir
    private Path folder;

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Path file = write("f.yaml", "defaultTtl: 1m\nserver.port: 1001\nmaxKeyBytes: 1kb\n");

        CacheConfig config = ConfigSources.read(
                Map.of("server.port", new ConfigSources.Given("1003", "--port")),
                file,
                Map.of("CACHE_SERVER_PORT", "1002", "CACHE_DEFAULT_TTL", "2m"),
                folder);

        assertThat(config.serverPort()).isEqualTo(1003);
        assertThat(config.defaultTtl()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.maxKeyBytes()).isEqualTo(1024);
        assertThat(config.origins())
                .containsEntry("server.port", "command line --port")
                .containsEntry("defaultTtl", "environment CACHE_DEFAULT_TTL")
                .containsEntry("maxKeyBytes", "file " + file);
    }

    @Test
    void aStandardFileIsFoundAndAVariableNamesAnother() throws Exception {
        write("cache-service.yaml", "defaultTtl: 1m");
        write("other.properties", "defaultTtl = 2m");

        assertThat(ConfigSources.read(Map.of(), null, Map.of(), folder).defaultTtl())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(ConfigSources.read(Map.of(), null, Map.of("CACHE_CONFIG_FILE", "other.properties"), folder)
                        .defaultTtl())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void yamlMayBeFlatOrNestedWithListsAndComments() throws Exception {
        Path file = write("f.yml", """
                # how it is served
                server:
                  port: 7171
                  tokens:
                    - first-token-of-some-length
                    - second-token-of-some-length
                server.requireRedis: true
                defaultTtl: 90s
                maxPending: 500
                """);

        CacheConfig config = ConfigSources.read(Map.of(), file, Map.of(), folder);

        assertThat(config.serverPort()).isEqualTo(7171);
        assertThat(config.serverTokens())
                .isEqualTo(List.of("first-token-of-some-length", "second-token-of-some-length"));
        assertThat(config.serverRequireRedis()).isTrue();
        assertThat(config.defaultTtl()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.maxPending()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "port: 1\nport: 2",
                "server:\n  port: 1\nserver.port: 2",
                "- a",
                "just text",
                "port:",
                "port: [1, [2]]",
                "password: \"hunter2",
                "password: hunter2\n  x: [",
                "password: {hunter2}",
                "password: {hunter2: x}",
                "url: {redis://:hunter2@host}",
                "server:\n  tokens:\n    hunter2:",
                "server.tokens:\n  - hunter2: x",
                "prt: 1",
                "port: 7.5",
                "readTimeout: 50"
            })
    void yamlThatIsNoSettingsIsRefusedWithoutShowingSecrets(String yaml) throws Exception {
        Path file = write("f.yaml", yaml);

        assertThatThrownBy(() -> ConfigSources.read(Map.of(), file, Map.of(), folder))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("f.yaml")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void yamlTextsAreTakenAsTheyAreWritten() throws Exception {
        assertThat(keyPrefix("keyPrefix: 1.10")).isEqualTo("1.10");
        assertThat(keyPrefix("keyPrefix: 12345678e9")).isEqualTo("12345678e9");
        assertThat(keyPrefix("keyPrefix: -0")).isEqualTo("-0");
        assertThat(keyPrefix("keyPrefix: 0x10")).isEqualTo("0x10");
        assertThat(keyPrefix("keyPrefix: 1_000")).isEqualTo("1_000");
        assertThat(keyPrefix("keyPrefix: '1.10'")).isEqualTo("1.10");
    }

    private String keyPrefix(String yaml) throws Exception {
        return ConfigSources.read(Map.of(), write("f.yaml", yaml), Map.of(), folder)
                .keyPrefix();
    }

    @ParameterizedTest
    @ValueSource(strings = {"url: *a", "keyPrefix: &a x\ncodec: *a", "server: *a", "server.tokens: [*a]"})
    void aYamlAliasIsRefusedAndNotTakenForItsName(String yaml) throws Exception {
        Path file = write("f.yaml", yaml);

        assertThatThrownBy(() -> ConfigSources.read(Map.of(), file, Map.of(), folder))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("alias")
                .hasMessageContaining("line " + yaml.lines().count());
    }

    @Test
    void anEmptyFileSetsNothing() throws Exception {
        assertThat(ConfigSources.read(Map.of(), write("f.yaml", "# nothing\n"), Map.of(), folder)
                        .origins())
                .isEmpty();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
