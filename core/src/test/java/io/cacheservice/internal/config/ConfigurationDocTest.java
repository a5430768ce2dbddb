package io.cacheservice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the settings are. {@code -Dupdate.docs=true} writes it anew. */
class ConfigurationDocTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

    private static final Path EXAMPLE =
            Path.of("src/test/java/io/cacheservice/internal/config/ConfigurationExampleTest.java");

    @Test
    void theDocumentIsTheOneMadeFromTheSettings() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("update.docs")) {
            Files.createDirectories(DOCUMENT.toAbsolutePath().normalize().getParent());
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/configuration.md; write it anew with -Dupdate.docs=true")
                .isEqualTo(expected);
    }

    private static String document() throws IOException {
        return TEXT.replace("{properties}", ConfigurationExampleTest.PROPERTIES)
                .replace("{java}", example())
                .replace("{file}", ConfigFile.STANDARD_NAME)
                .replace("{property}", ConfigFile.PROPERTY)
                .replace("{variable}", ConfigFile.VARIABLE)
                .replace(
                        "{settings}",
                        Settings.all().stream().map(ConfigurationDocTest::row).collect(Collectors.joining("\n")));
    }

    private static <T> String row(Setting<T> setting) {
        T value = setting.defaultValue();
        String printed = value == null ? "" : setting.type().print(value);
        return "| `" + setting.name() + "` | `" + setting.environmentName() + "` | "
                + setting.type().allowed().replace("|", "\\|") + " | "
                + (printed.isEmpty() ? "-" : "`" + printed + "`") + " | "
                + setting.meaning().replace("|", "\\|") + " |";
    }

    private static String example() throws IOException {
        String source = Files.readString(EXAMPLE);
        int start = source.indexOf("// region settings\n") + "// region settings\n".length();
        return source.substring(start, source.indexOf("\n        // endregion\n", start))
                .stripIndent()
                .concat("\n");
    }

    private static final String TEXT = """
            # Configuration

            Every setting has one name, the same in code, in files and, in another spelling, in the environment. All are
            checked before the service starts: a wrong value, an unknown name or a contradiction stops the start, with an
            error that names the setting, its value, where it came from and what is allowed. An unknown `CACHE_*` variable
            is the one exception: it may belong to somebody else, so it is only logged as a warning.

            ## Where settings come from

            From the most to the least important; each setting is taken from the first place that has it:

            1. code: `CacheConfig.builder()`
            2. the command line of the program
            3. the environment: `CACHE_` and the name in upper snake case, such as `CACHE_READ_TIMEOUT`
            4. a configuration file
            5. the default

            `CacheConfig.load()` reads the environment and the file; `toBuilder()` then adds what code says. The file is the
            one that the system property `{property}` names (in the library; the program has `--config`), else the variable `{variable}`, else `{file}` in
            the working directory if it is there. A file that is named must exist. Where only all sources together make
            sense, such as a `host` in code and its `password` in the environment, put them on one builder, the least
            important first:

            <!-- from core/src/test/java/io/cacheservice/internal/config/ConfigurationExampleTest.java#settings -->
            ```java
            {java}```

            `table()` prints every setting with its value and its origin, such as `environment CACHE_PORT` or
            `file orders.properties line 3`.

            ## Files

            The library reads `.properties` files in UTF-8, with the names of the table below. A name may occur once.

            ```properties
            {properties}```

            Spaces at the end of a line belong to a password, as the properties format has it; around other values they
            do not count.

            The program reads YAML too ([cli.md](cli.md#serve)). A file of YAML may also name [sources](sources.md): the
            databases, HTTP services and directories that answer for keys which are not in the cache.

            ## Values

            - **Durations** have a unit, `300ms`, `30s`, `10m`, `1h` or `7d`, or are `none` where that is allowed. **Sizes**
              have one too: `512b`, `256kb`, `64mb`, `1gb`, in steps of 1024. Bare numbers are refused, because everybody
              reads them differently.
            - **Lists** are separated by commas; an empty text is an empty list.
            - **Switches** are `true` or `false`.
            - An **empty variable** is not an absent one: where a setting needs a value, it is refused.
            - **Secrets** (`password`, `server.tokens`, the password in `url`) are shown as `***` everywhere, and so is a
              `url` that cannot be read, since nobody knows which part of it is the password. So is the value of an unknown
              name, unless it is plainly a number, a switch, a duration, a size or a listed word.
              The driver is another matter: with the logger `io.lettuce` at TRACE it writes the password and every value into
              the log, of which a warning tells at the start.

            ## Redis

            Without `url`, `host` and `nodes` there is only the local tier; settings that are about Redis are then refused,
            so that a missing address is not overlooked. `url` says in one line what `host`, `port`, `username`, `password`,
            `db` and `tls` say singly; it is one or the other:

            ```
            redis://localhost
            rediss://orders:p%40ssword@cache.example:6380/2
            redis://:password@[2001:db8::1]
            ```

            User and password are percent-encoded (`@` is `%40`, `/` is `%2F`, `:` is `%3A`, `%` is `%25`). No query part is
            known, so none is accepted. A user without a password is refused: other programs read `redis://word@host` as a
            password. `passwordFile` is read at every connect, so a password can be changed without a restart.

            In Kubernetes, a service that is called `cache` gives its neighbours a variable `CACHE_PORT` such as
            `tcp://10.0.0.1:6379`, which is refused here. Set `enableServiceLinks: false` for the pod.

            ## Settings

            | Name | Environment | Allowed | Default | Meaning |
            |---|---|---|---|---|
            {settings}

            A setting marked **not yet** is refused when it asks for a feature that this version does not have.

            Together they must fit:

            - `url` excludes `host`, `port`, `username`, `password`, `passwordFile`, `db` and `tls`; `password` excludes
              `passwordFile`; `username` needs one of the two.
            - `tlsCertFile` and `tlsKeyFile` need each other, and so do `server.tlsCertFile` and `server.tlsKeyFile`; every
              `tls` file needs `tls = true` or a `rediss://` url, those of the server do not; files must be readable.
            - `minIdleConns` is at most `poolSize`.
            - A Cluster has only `db` 0.
            - Without Redis, `maxMemoryPolicy` is `allkeys-lfu` or `noeviction`.
            - `manageServer` needs `maxMemory` or `maxMemoryPolicy`.
            """;
}
