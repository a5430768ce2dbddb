package io.cacheservice.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that are real files. */
class DirectorySourceTest {
    private static final String OUTSIDE = "outside";

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void makeFiles() throws Exception {
        root = Files.createDirectories(folder.resolve("files/public"));
        Files.writeString(root.resolve("a.txt"), "hello");
        Files.writeString(Files.createDirectories(root.resolve("docs/2026")).resolve("b c.html"), "page");
        Files.writeString(root.resolve(".hidden"), "hidden");
        Files.writeString(folder.resolve("files/secret.txt"), OUTSIDE);
        Files.writeString(
                Files.createDirectories(folder.resolve("files/publicity")).resolve("x"), OUTSIDE);
        Files.createSymbolicLink(root.resolve("inside"), Path.of("a.txt"));
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("files/secret.txt"));
        Files.createSymbolicLink(root.resolve("outdir"), folder.resolve("files"));
        Files.createSymbolicLink(root.resolve("near"), folder.resolve("files/publicity"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));
    }

    private ServiceWithSources open(String... members) throws Exception {
        return ServiceWithSources.open(
                folder,
                "sources:\n  - pattern: 'file:*'\n    directory:\n      path: '" + root + "'\n      "
                        + String.join("\n      ", members) + "\n");
    }

    @Test
    void aFileIsTheValueAndIsKept() throws Exception {
        try (ServiceWithSources files = open()) {
            assertThat(files.get("file:a.txt")).isEqualTo("hello");
            assertThat(files.get("file:docs/2026/b c.html")).isEqualTo("page");
            assertThat(files.get("file:inside")).as("a link to a file inside").isEqualTo("hello");
            Files.delete(root.resolve("a.txt"));
            assertThat(files.get("file:a.txt")).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "",
                "docs",
                "docs/",
                "/a.txt",
                "docs//2026/b c.html",
                "a.txt/",
                "a.txt/b",
                "a.txt\0",
                "dangling",
                ".hidden",
                ".",
                "..",
                "../secret.txt",
                "docs/../../secret.txt",
                "docs/../a.txt",
                "./a.txt",
                "..\\secret.txt",
                "out",
                "outdir/secret.txt",
                "near/x",
                "%2e%2e/secret.txt",
                "../publicity/x",
                "/etc/passwd",
                "~/x"
            })
    void whatIsNoFileInTheDirectoryIsAbsent(String name) throws Exception {
        try (ServiceWithSources files = open()) {
            assertThat(files.get("file:" + name)).isNull();
            assertThat(files.service.stats().loadFailures()).isZero();
        }
    }

    @Test
    void aNameThatIsTooLongForAnyFileIsAbsent() throws Exception {
        try (ServiceWithSources files = open()) {
            assertThat(files.get("file:" + "x".repeat(256))).isNull();
        }
    }

    @Test
    void noKeyReadsAnythingOutside() throws Exception {
        Random random = new Random(5);
        String[] words = {
            "..", ".", "/", "\\", "secret.txt", "publicity", "public", "x", "out", "outdir", "near", "docs", "%2e"
        };
        try (ServiceWithSources files = open()) {
            for (int i = 0; i < 5_000; i++) {
                StringBuilder name = new StringBuilder();
                for (int n = 1 + random.nextInt(6); n > 0; n--) {
                    name.append(words[random.nextInt(words.length)]);
                }
                assertThat(files.get("file:" + name)).as(name.toString()).isNotEqualTo(OUTSIDE);
            }
        }
    }

    @Test
    void aSuffixIsAddedToTheName() throws Exception {
        Files.writeString(root.resolve("7.json"), "{}");
        Files.writeString(Files.createDirectories(root.resolve("7")).resolve("index.html"), "seven");
        try (ServiceWithSources files = open("suffix: .json")) {
            assertThat(files.get("file:7")).isEqualTo("{}");
            assertThat(files.get("file:7.json")).isNull();
            assertThat(files.sources.contentType("file:7")).contains("application/json");
        }
        try (ServiceWithSources files = open("suffix: /index.html")) {
            assertThat(files.get("file:7")).isEqualTo("seven");
        }
    }

    @Test
    void theMediaTypeFollowsFromTheName() throws Exception {
        try (ServiceWithSources files = open()) {
            assertThat(files.sources.contentType("file:docs/2026/b c.html")).contains("text/html");
            assertThat(files.sources.contentType("file:x.PNG")).contains("image/png");
            assertThat(files.sources.contentType("file:x")).isEmpty();
        }
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws Exception {
        Files.write(root.resolve("big"), "123456".getBytes(UTF_8));
        String yaml = "sources:\n  - pattern: 'file:*'\n    maxBytes: 5b\n    directory: {path: '" + root + "'}\n";
        try (ServiceWithSources files = ServiceWithSources.open(folder, yaml)) {
            assertThat(files.get("file:a.txt")).as("exactly that many").isEqualTo("hello");
            assertThatThrownBy(() -> files.get("file:big")).hasStackTraceContaining("5 bytes");
        }
    }

    @Test
    void aDirectoryThatIsNotThereStopsTheStartWithItsPlace() {
        root = folder.resolve("nowhere");
        assertThatThrownBy(this::open)
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("sources.yaml line 2")
                .hasMessageContaining("nowhere");
    }
}
