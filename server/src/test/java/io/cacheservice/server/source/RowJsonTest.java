package io.cacheservice.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowJsonTest {
    private static String row(String columns) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                ResultSet row = connection.createStatement().executeQuery("select " + columns)) {
            assertThat(row.next()).isTrue();
            return new String(RowJson.of(row), UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "null                                             | null",
                "true                                             | true",
                "cast(7 as tinyint)                               | 7",
                "7                                                | 7",
                "9223372036854775807                              | 9223372036854775807",
                "cast(52.52437 as decimal(8, 5))                  | 52.52437",
                "cast(1.10 as decimal(5, 2))                      | 1.10",
                "cast(1000000000000000000000 as decimal(30))      | 1000000000000000000000",
                "cast(0.1 as double)                              | 0.1",
                "cast('NaN' as double)                            | \"NaN\"",
                "cast(0.5 as real)                                | 0.5",
                "'Århus \"x\"'                                    | \"Århus \\\"x\\\"\"",
                "cast('ab' as char(4))                            | \"ab  \"",
                "cast('text' as clob)                             | \"text\"",
                "date '2026-11-28'                                | \"2026-11-28\"",
                "time '07:30:01'                                  | \"07:30:01\"",
                "timestamp '2026-11-28 07:30:01.25'               | \"2026-11-28T07:30:01.250\"",
                "timestamp with time zone '2026-11-28 07:30:01+02' | \"2026-11-28T07:30:01+02:00\"",
                "cast('7d1f6d1e-55a5-4b2c-9d3f-0a4b3c2d1e0f' as uuid) | \"7d1f6d1e-55a5-4b2c-9d3f-0a4b3c2d1e0f\"",
                "x'ff00'                                          | \"/wA=\"",
                "cast(x'ff00' as blob)                            | \"/wA=\"",
                "array[1, 2]                                      | [1,2]",
                "json '{\"a\": [1, null]}'                        | {\"a\":[1,null]}",
                "cast(null as json)                               | null"
            })
    void aColumnIsTheJsonThatItsTypeSuggests(String sql, String json) throws Exception {
        assertThat(row(sql + " as \"x\"")).isEqualTo("{\"x\":" + json + "}");
    }

    @Test
    void membersAreNamedAndOrderedAsTheQueryHasThem() throws Exception {
        assertThat(row("2 as \"b\", 1 as a, 3 as \"Mixed Case\"")).isEqualTo("{\"b\":2,\"A\":1,\"Mixed Case\":3}");
    }

    @Test
    void twoColumnsOfOneNameAreRefusedByName() {
        assertThatThrownBy(() -> row("1 as a, 2 as a"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("columns A");
    }
}
