package io.cacheservice.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show is in the code, and what they link to is there. {@code -Dupdate.docs=true} writes the blocks anew. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    static List<Path> pages() throws Exception {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("", "docs", "docs/decisions", "benchmarks")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyJavaBlockIsARegionOfCodeThatTheBuildCompiles(Path page) throws Exception {
        String expected = Page.rewritten(ROOT.relativize(page).toString(), Files.readAllLines(page), ROOT);
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page))
                .as(ROOT.relativize(page) + "; write its blocks anew with -Dupdate.docs=true")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFile(Path page) throws Exception {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            if (!link.group(1).contains(":")) {
                Path target = page.resolveSibling(link.group(1)).normalize();
                assertThat(target).as("a link of " + ROOT.relativize(page)).exists();
            }
        }
    }

    @Test
    void aBlockWithoutAnOriginIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Page.rewritten("a.md", List.of("Text.", "```java", "int x;", "```"), ROOT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a.md:2");
    }

    @Test
    void aBlockIsReplacedByItsRegionWithoutTheIndentation(@TempDir Path root) throws Exception {
        Files.writeString(
                root.resolve("A.java"), "    // region r\n    if (x) {\n        y();\n    }\n    // endregion\n");
        List<String> page = List.of("<!-- from A.java#r -->", "```java", "old", "```", "end");
        assertThat(Page.rewritten("a.md", page, root))
                .isEqualTo("<!-- from A.java#r -->\n```java\nif (x) {\n    y();\n}\n```\nend\n");
    }

    @Test
    void anUnknownRegionIsRefused(@TempDir Path root) throws Exception {
        Files.writeString(root.resolve("A.java"), "// region other\n// endregion\n");
        List<String> page = List.of("<!-- from A.java#r -->", "```java", "```");
        assertThatThrownBy(() -> Page.rewritten("a.md", page, root)).hasMessageContaining("region 'r'");
    }
}
