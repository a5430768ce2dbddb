package io.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.internal.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where settings come from, and which of them wins. */
class CacheConfigSourcesTest {
    @TempDir
    Path folder;

    @Test
    void withoutAnySourceEverythingIsAtItsDefault() {
        CacheConfig config = load(null, Map.of());
        assertThat(config.origins()).isEmpty();
        assertThat(config.hasRedis()).isFalse();
        assertThat(config.redis()).isEmpty();
        assertThat(config.readTimeout()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void theStandardFileIsReadWhenItIsThere() throws IOException {
        Path file = write("cache-service.properties", "# mine\nhost = redis\nserver.port=7071\n");
        CacheConfig config = load(null, Map.of());
        assertThat(config.host()).hasValue("redis");
        assertThat(config.serverPort()).isEqualTo(7071);
        assertThat(config.origins())
                .containsExactly(
                        Map.entry("host", "file " + file + " line 2"),
                        Map.entry("server.port", "file " + file + " line 3"));
    }

    @Test
    void theVariableNamesAnotherFile() throws IOException {
        write("cache-service.properties", "poolSize=3");
        write("other.properties", "poolSize=4");
        assertThat(load(null, Map.of("CACHE_CONFIG_FILE", "other.properties")).poolSize())
                .isEqualTo(4);
    }

    @Test
    void theSystemPropertyWinsOverTheVariable() throws IOException {
        write("other.properties", "poolSize=4");
        write("third.properties", "poolSize=5");
        assertThat(load("third.properties", Map.of("CACHE_CONFIG_FILE", "other.properties"))
                        .poolSize())
                .isEqualTo(5);
    }

    @Test
    void aNamedFileMustExist() {
        assertThatThrownBy(() -> load("absent.properties", Map.of()))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("absent.properties", "does not exist");
        assertThatThrownBy(() -> CacheConfig.load(folder.resolve("absent.properties")))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll("absent.properties", "does not exist");
    }

    @Test
    void aGivenFileIsRead() throws IOException {
        assertThat(CacheConfig.load(write("a.properties", "keyPrefix=a:")).keyPrefix())
                .isEqualTo("a:");
    }

    @Test
    void aFolderIsNoFile() {
        assertThatThrownBy(() -> CacheConfig.load(folder))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll(folder.toString(), "cannot be read");
    }

    @Test
    void codeWinsOverCommandLineOverEnvironmentOverFileOverDefault() throws IOException {
        Path file = write("a.properties", "poolSize=3\nmaxPending=3\njournalSize=3\ndefaultTtl=3s\n");
        CacheConfig config = CacheConfig.builder()
                .putFile(file)
                .putEnvironment(Map.of("CACHE_POOL_SIZE", "4", "CACHE_MAX_PENDING", "4", "CACHE_JOURNAL_SIZE", "4"))
                .put("poolSize", "5", "command line --pool-size")
                .put("maxPending", "5", "command line --max-pending")
                .build()
                .toBuilder()
                .poolSize(6)
                .build();
        assertThat(config.poolSize()).isEqualTo(6);
        assertThat(config.maxPending()).isEqualTo(5);
        assertThat(config.journalSize()).isEqualTo(4);
        assertThat(config.defaultTtl()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.minIdleConns()).isEqualTo(1);
        assertThat(config.origins())
                .containsOnly(
                        Map.entry("poolSize", "code"),
                        Map.entry("maxPending", "command line --max-pending"),
                        Map.entry("journalSize", "environment CACHE_JOURNAL_SIZE"),
                        Map.entry("defaultTtl", "file " + file + " line 4"));
    }

    @Test
    void loadPutsTheEnvironmentOverTheFile() throws IOException {
        write("cache-service.properties", "poolSize=3\nmaxPending=3");
        CacheConfig config = load(null, Map.of("CACHE_POOL_SIZE", "4"));
        assertThat(config.poolSize()).isEqualTo(4);
        assertThat(config.maxPending()).isEqualTo(3);
    }

    @Test
    void anUnknownNameIsRefusedWithValueOriginAndTheClosestName() throws IOException {
        Path file = write("a.properties", "\nprot=6380\n");
        assertThatThrownBy(() -> CacheConfig.builder().putFile(file).build())
                .isInstanceOf(CacheConfigException.class)
                .hasMessage("prot = 6380 (from file " + file
                        + " line 2) is refused: there is no such setting; did you mean port?");
    }

    @Test
    void aFileThatIsWrongInEveryLineIsToldByItsFirstHundredProblems() throws IOException {
        Path file = write("a.properties", "frobnicate=1\n".repeat(5_000));

        assertThatThrownBy(() -> CacheConfig.builder().putFile(file).build())
                .isInstanceOf(CacheConfigException.class)
                .satisfies(refused -> assertThat(
                                String.valueOf(refused.getMessage()).lines())
                        .hasSize(102)
                        .startsWith("9999 problems in the configuration:")
                        .endsWith("  and 9899 more"));
    }

    @Test
    void aNameLikeNoOtherIsRefusedWithoutAGuess() {
        CacheConfig.Builder builder = CacheConfig.builder().put("frobnicate", "1", "code");
        assertThatThrownBy(builder::build)
                .isInstanceOf(CacheConfigException.class)
                .hasMessage("frobnicate = *** (from code) is refused: there is no such setting");
    }

    @Test
    void aWrongValueIsRefusedWithNameOriginAndWhatIsAllowed() {
        CacheConfig.Builder builder = CacheConfig.builder().putEnvironment(Map.of("CACHE_PORT", "70000"));
        assertThatThrownBy(builder::build)
                .isInstanceOf(CacheConfigException.class)
                .hasMessage("port = 70000 (from environment CACHE_PORT) is refused:"
                        + " expected a whole number from 1 to 65535");
    }

    @Test
    void bareNumbersAreNeitherDurationsNorSizes() {
        CacheConfig.Builder builder =
                CacheConfig.builder().put("readTimeout", "50", "x").put("maxMemory", "64", "x");
        assertThatThrownBy(builder::build)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll(
                        "readTimeout = 50 (from x) is refused: expected a duration with its unit",
                        "maxMemory = 64 (from x) is refused: expected a size with its unit");
    }

    @Test
    void aNumberTooLargeForItsTypeIsRefusedLikeAnyOther() {
        CacheConfig.Builder builder = CacheConfig.builder()
                .put("poolSize", "99999999999999999999", "x")
                .put("maxValueBytes", "999999999999999gb", "x")
                .put("defaultTtl", "999999999999999d", "x");
        assertThatThrownBy(builder::build)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll(
                        "poolSize = 99999999999999999999", "maxValueBytes = 999999999999999gb", "defaultTtl = 9999");
    }

    @Test
    void allProblemsOfTextsAreToldTogether() {
        CacheConfig.Builder builder =
                CacheConfig.builder().put("db", "x", "a").put("prot", "1", "b").put("tls", "yes", "c");
        assertThatThrownBy(builder::build)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageStartingWith("3 problems in the configuration:\n")
                .hasMessageContainingAll("db = x (from a)", "prot = 1 (from b)", "tls = yes (from c)");
    }

    @Test
    void aWrongValueInCodeIsRefusedAtOnce() {
        CacheConfig.Builder builder = CacheConfig.builder();
        assertThatThrownBy(() -> builder.port(70000))
                .isInstanceOf(CacheConfigException.class)
                .hasMessage("port = 70000 (from code) is refused: expected a whole number from 1 to 65535");
        assertThatThrownBy(() -> builder.readTimeout(Duration.ofNanos(5)))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("readTimeout = PT0.000000005S");
    }

    @Test
    @SuppressWarnings("NullAway") // what callers without a null checker do
    void aNullIsRefusedByTheNameOfItsSetting() {
        assertThatThrownBy(() -> CacheConfig.builder().host(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("host");
    }

    @Test
    void aListGivenInCodeIsCopied() {
        List<String> tokens = new ArrayList<>(List.of("a".repeat(16)));
        CacheConfig config = CacheConfig.builder().serverTokens(tokens).build();
        tokens.clear();
        assertThat(config.serverTokens()).containsExactly("a".repeat(16));
    }

    @Test
    void anErrorShowsNoControlCharactersAndNoEndlessValues() {
        CacheConfig.Builder builder = CacheConfig.builder()
                .put("topology", "a\nERROR forged line", "x")
                .put("clientName", "n".repeat(10_000), "x");
        assertThatThrownBy(builder::build)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("topology = a?ERROR forged line")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(1000));
    }

    @Test
    void aNameSetTwiceInAFileIsRefusedWithBothLines() throws IOException {
        Path file = write("a.properties", "db=1\n\ndb=2\n");
        assertThatThrownBy(() -> CacheConfig.load(file))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("sets db twice, in lines 1 and 3");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Path file = folder.resolve("latin.properties");
        Files.write(file, "username=jérôme".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CacheConfig.load(file))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    void aBadEscapeInAFileIsRefusedWithItsLine() throws IOException {
        Path file = write("a.properties", "\nkeyPrefix=\\u12\n");
        assertThatThrownBy(() -> CacheConfig.load(file))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContainingAll(file.toString(), "line 2");
    }

    @Test
    void anUnknownVariableOnlyWarnsAndOnlyOnce() {
        List<String> warnings = warningsDuring(() -> {
            CacheConfig.builder()
                    .putEnvironment(Map.of("CACHE_REDTIMEOUT", "hunter2"))
                    .build();
            CacheConfig.builder()
                    .putEnvironment(Map.of("CACHE_REDTIMEOUT", "hunter2"))
                    .build();
        });
        assertThat(warnings)
                .containsExactly("environment variable CACHE_REDTIMEOUT is no setting of the cache and has no effect;"
                        + " did you mean CACHE_READ_TIMEOUT?");
    }

    @Test
    void variablesOfToolsTestsAndOthersAreNotWarnedOf() {
        assertThat(warningsDuring(() -> CacheConfig.builder()
                        .putEnvironment(Map.of(
                                "CACHE_TEST_REDIS", "1",
                                "CACHE_SERVICE_URL", "http://localhost",
                                "CACHE_CONFIG_FILE", "x",
                                "PATH", "/bin",
                                "XCACHE_PORT", "1"))
                        .build()))
                .isEmpty();
    }

    @Test
    void theTableHasEverySettingWithValueAndOrigin() {
        String table = CacheConfig.builder()
                .url("redis://app:hunter2@cache.example/1")
                .serverTokens(List.of("t".repeat(16)))
                .build()
                .table();
        assertThat(table.lines()).hasSize(Settings.all().size());
        assertThat(table.lines())
                .anyMatch(line -> line.matches("url +redis://app:\\*\\*\\*@cache.example/1 +code"))
                .anyMatch(line -> line.matches("server.tokens +\\*\\*\\* +code"))
                .anyMatch(line -> line.matches("readTimeout +50ms +default"))
                .anyMatch(line -> line.matches("host +- +default"));
    }

    @Test
    void valuesAreTheTextsOfWhatIsInForce() {
        assertThat(CacheConfig.builder().poolSize(5).build().values())
                .containsEntry("poolSize", "5")
                .containsEntry("defaultTtl", "1h")
                .containsEntry("refreshInterval", "none")
                .doesNotContainKey("host");
    }

    private CacheConfig load(@Nullable String property, Map<String, String> environment) {
        return CacheConfig.load(name -> name.equals("cacheservice.config") ? property : null, environment, folder);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> warningsDuring(Runnable action) {
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord warning) {
                warnings.add(warning.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.cacheservice.config");
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
        }
        return warnings;
    }
}
