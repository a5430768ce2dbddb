package io.cacheservice.server.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesYamlTest {
    private static final String SECRET = "hunter2";

    @TempDir
    private Path folder;

    private List<SourceSettings> read(String yaml) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), SECRET);
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        String text = yaml.replace("PASSWORD", password.toString()).replace("EMPTY", empty.toString());
        return SourcesYaml.read(Files.writeString(folder.resolve("s.yaml"), text), Map.of("SET", SECRET, "BLANK", ""));
    }

    @Test
    void aFileWithoutSourcesHasNone() throws Exception {
        assertThat(read("maxMemory: 64mb\n")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @Test
    void whatIsNotSaidHasItsDefault() throws Exception {
        SourceSettings source = read("sources:\n  - pattern: a*\n    jdbc: {url: 'jdbc:h2:mem:', query: select ?}\n")
                .get(0);
        SourceSettings.Jdbc jdbc = (SourceSettings.Jdbc) source.kind();

        assertThat(source.ttl()).isEmpty();
        assertThat(source.maxBytes()).isEmpty();
        assertThat(jdbc.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(jdbc.poolSize()).isEqualTo(4);
        assertThat(jdbc.bulkSize()).isEqualTo(500);
        assertThat(jdbc.keyType()).isEqualTo(KeyType.TEXT);
        SourceSettings.Http http =
                (SourceSettings.Http) read("sources:\n  - {pattern: a*, http: {url: 'http://h/{1}'}}\n")
                        .get(0)
                        .kind();
        assertThat(http.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(http.absentStatuses()).containsExactly(404, 410);
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        List<SourceSettings> sources = read("""
                defaultTtl: 1m
                sources:
                  - pattern: "city:*"
                    ttl: 90s
                    contentType: application/vnd.city+json
                    maxBytes: 2kb
                    jdbc:
                      url: jdbc:postgresql://db.example:5432/geo?ssl=true
                      username: reader
                      passwordFile: PASSWORD
                      query: select * from city where id = ?
                      bulkQuery: select * from city where id in (?)
                      keyColumn: id
                      valueColumn: body
                      keyType: number
                      bulkSize: 100
                      poolSize: 8
                      timeout: 2s
                  - pattern: "page:*"
                    http:
                      url: https://pages.example/{+1}
                      headers:
                        Accept: text/html
                        Authorization: {scheme: Bearer, env: SET}
                      absentStatuses: [404]
                      timeout: 300ms
                """);

        SourceSettings city = sources.get(0);
        assertThat(city.ttl()).contains(Duration.ofSeconds(90));
        assertThat(city.contentType()).contains("application/vnd.city+json");
        assertThat(city.maxBytes()).hasValue(2048);
        SourceSettings.Jdbc jdbc = (SourceSettings.Jdbc) city.kind();
        assertThat(Objects.requireNonNull(jdbc.password(), "password").text()).isEqualTo(SECRET);
        assertThat(Objects.requireNonNull(jdbc.bulkQuery(), "bulkQuery").sql())
                .isEqualTo("select * from city where id in (?)");
        assertThat(jdbc.bulkSize()).isEqualTo(100);
        SourceSettings.Http http = (SourceSettings.Http) sources.get(1).kind();
        assertThat(Objects.requireNonNull(http.fields().get("Authorization"), "Authorization")
                        .text())
                .isEqualTo("Bearer ");
        assertThat(http.timeout()).isEqualTo(Duration.ofMillis(300));
        assertThat(city.toString() + sources.get(1)).as("what a log would show").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sources: x                                                        | 1 | sources is refused: expected a list",
                "sources:                                                          | 1 | sources has no value",
                "sources: [x]                                                      | 1 | sources[0] is refused",
                "sources: [{ptrn: x}]                                              | 1 | sources[0].ptrn is not known: expected one of pattern",
                "sources: [{ttl: 1h}]                                              | 1 | sources[0] has no pattern",
                "sources: [{pattern: ''}]                                          | 1 | sources[0].pattern is refused",
                "sources: [{pattern: 'a**'}]                                       | 1 | sources[0].pattern = a** is refused",
                "sources: [{pattern: a}]                                           | 1 | none of jdbc, http and directory",
                "sources: [{pattern: 'a*', ttl: 5, directory: {path: x}}]          | 1 | sources[0].ttl = 5 is refused: expected a duration with its unit",
                "sources: [{pattern: 'a*', ttl: none, directory: {path: x}}]       | 1 | ttl = none",
                "sources: [{pattern: 'a*', maxBytes: 0b, directory: {path: x}}]    | 1 | maxBytes = 0b is refused: expected a size",
                "sources: [{pattern: 'a*', contentType: Ü, directory: {path: x}}]  | 1 | contentType = Ü",
                "sources:\\n- pattern: a*\\n  http: {url: 'http://h/{1}'}\\n  directory: {path: x}   | 2 | has http and directory",
                "sources:\\n- pattern: a\\n  directory:\\n    path: x               | 3 | needs a pattern with one star",
                "sources: [{pattern: 'a*', directory: {path: x, pth: y}}]          | 1 | directory.pth is not known: expected one of path, suffix",
                "sources: [{pattern: 'a*', directory: {suffix: .x}}]               | 1 | directory has no path",
                "sources: [{pattern: 'a*', http: {url: 'ftp://h/{1}'}}]            | 1 | http.url is refused: expected http:// or https://",
                "sources: [{pattern: 'a*', http: {url: 'http://u:hunter2@h/{1}'}}] | 1 | http.url is refused",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', timeout: 1ms}}] | 1 | timeout = 1ms is refused: expected a duration",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', absentStatuses: [200]}}] | 1 | absentStatuses[0] = 200 is refused",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', absentStatuses: 404}}] | 1 | expected a list",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', headers: {Host: x}}}] | 1 | headers.Host is refused",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', headers: {Authorization: hunter2}}}] | 1 | headers.Authorization is refused: its name tells of a secret",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', headers: {X-Api-Key: hunter2}}}] | 1 | {file: path} or {env: VARIABLE}",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', headers: {X-Api-Key: {env: NOT_SET}}}}] | 1 | env = NOT_SET is refused: expected a variable that is set",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', headers: {X-Api-Key: {env: BLANK}}}}] | 1 | env = BLANK",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', headers: {X-Api-Key: {file: /no/such}}}}] | 1 | file = /no/such",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', headers: {X-Api-Key: {file: EMPTY}}}}] | 1 | expected a file that can be read",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', headers: {X-Api-Key: {}}}}] | 1 | headers.X-Api-Key is refused",
                "sources: [{pattern: 'a*', http: {url: 'http://h/{1}', headers: {Accept: \"a\\u00e4\"}}}] | 1 | visible ASCII",
                "sources: [{pattern: 'a*', jdbc: {url: 'h2:mem:', query: select ?}}] | 1 | jdbc.url is refused: expected the JDBC URL",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:h2:mem:;PASSWORD=hunter2', query: select ?}}] | 1 | seems to hold a password",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:x://me:hunter2@h/db', query: select ?}}] | 1 | seems to hold a password",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:oracle:thin:me/hunter2@h', query: select ?}}] | 1 | seems to hold a password",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:h2:mem:', password: hunter2, query: select ?}}] | 1 | jdbc.password is not known: expected one of url, username, passwordFile, passwordEnv",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:h2:mem:', passwordFile: PASSWORD, passwordEnv: SET, query: select ?}}] | 1 | passwordEnv is refused: passwordFile says it already",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:h2:mem:'}}]           | 1 | jdbc has no query: expected query, bulkQuery or both",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:h2:mem:', query: select 1}}] | 1 | query has 0 question marks and the pattern 1 stars",
                "sources: [{pattern: 'a*b*', jdbc: {url: 'jdbc:h2:mem:', query: select ?}}] | 1 | query has 1 question marks and the pattern 2 stars",
                "sources: [{pattern: 'a*b*', jdbc: {url: 'jdbc:h2:mem:', bulkQuery: select ?}}] | 1 | bulkQuery is refused: expected a pattern with one star",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:h2:mem:', query: select ?, keyColumn: id}}] | 1 | keyColumn is refused: it belongs to bulkQuery",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:h2:mem:', query: select ?, keyType: int}}] | 1 | keyType = int is refused: expected text or number",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:h2:mem:', query: select ?, poolSize: 0}}] | 1 | poolSize = 0 is refused: expected a whole number from 1 to 100",
                "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:h2:mem:', query: select ?, timeout: 1500ms}}] | 1 | timeout = 1500ms is refused: expected whole seconds",
                "sources:\\n- &a {pattern: 'a*', directory: {path: x}}\\n- *a        | 3 | sources[1] is an alias",
                "sources:\\n- {pattern: 'a*', directory: {path: x}}\\n- {pattern: 'a*', directory: {path: y}} | 3 | has the pattern a* of one before it",
                "sources:\\n- pattern: a\\n  pattern: b                             | 3 | twice",
                "sources: [{pattern: \"a\\nb**\"}]                                  | 1 | pattern = a?b** is refused"
            })
    void whatIsWrongIsNamedWithFileLinePathValueAndRemedy(String yaml, int line, String said) {
        assertThatThrownBy(() -> read(yaml.replace("\\n-", "\n-").replace("\\n ", "\n ")))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("file " + folder.resolve("s.yaml"))
                .hasMessageContaining("line " + line)
                .hasMessageContaining(said)
                .message()
                .doesNotContain(SECRET)
                .doesNotContain("\n");
    }

    @Test
    void aDriverThatIsMissingIsToldWithTheRemedy() {
        assertThatThrownBy(() -> ServiceWithSources.open(
                        folder, "sources: [{pattern: 'a*', jdbc: {url: 'jdbc:nosuch://h/db', query: select ?}}]"))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("line 1: sources[0]")
                .hasMessageContaining("CACHE_SERVICE_CLASSPATH");
    }
}
