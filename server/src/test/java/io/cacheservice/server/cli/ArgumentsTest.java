package io.cacheservice.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and values reach the server as they were typed, or not at all. */
class ArgumentsTest {
    private static Program server;
    private static Map<String, String> environment;

    @BeforeAll
    static void start() throws Exception {
        server = Program.serve(Map.of());
        environment = Map.of("CACHE_SERVICE_URL", server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@x", "@@x", "@folder"})
    void anAtSignIsAnAtSignThoughAFileHasTheName(String word, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("x"), "swapped");
        Files.createDirectory(folder.resolve("folder"));
        String script = "cd '" + folder + "' && exec \"$@\"";

        Program.Result set = Program.shell(environment, script, "set", word, word);
        Program.Result got = Program.shell(environment, script, "get", word);

        assertThat(set.exitCode()).as(set.err()).isZero();
        assertThat(got.text()).isEqualTo(word);
    }

    @Test
    void anArgumentThatTheLocaleCannotReadIsRefused() throws Exception {
        Map<String, String> ascii = Map.of("CACHE_SERVICE_URL", server.url(), "LC_ALL", "C");
        String cyrillic = "exec \"$@\" \"$(printf '\\320\\272')\"";

        Program.Result key = Program.shell(ascii, cyrillic + " a", "set");
        Program.Result value = Program.shell(ascii, cyrillic, "set", "a");
        Program.Result got = Program.shell(ascii, cyrillic, "get");
        Program.Result deleted = Program.shell(ascii, cyrillic, "delete");

        for (Program.Result result : new Program.Result[] {key, value, got, deleted}) {
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("LC_ALL=C.UTF-8");
        }
    }

    @Test
    void aUtf8LocaleReadsEveryArgument() throws Exception {
        Map<String, String> utf8 = Map.of("CACHE_SERVICE_URL", server.url(), "LC_ALL", "C.UTF-8");
        String cyrillic = "exec \"$@\" \"$(printf '\\320\\272')\"";

        assertThat(Program.shell(utf8, cyrillic + " \"$(printf '\\303\\244')\"", "set")
                        .exitCode())
                .isZero();
        assertThat(Program.shell(utf8, cyrillic, "get").text()).isEqualTo("\u00e4");
    }
}
