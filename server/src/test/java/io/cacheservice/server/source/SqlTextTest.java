package io.cacheservice.server.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select 1                                   | 0",
                "select * from t where id = ?               | 1",
                "select ?, ?                                | 2",
                "select '?' from t where id = ?             | 1",
                "select 'it''s ?' from t where id = ?       | 1",
                "select \"a?\" from t where id = ?          | 1",
                "select `a?` from t where id = ?            | 1",
                "select 1 -- why?                           | 0",
                "select /* why? */ 1 from t where id = ?    | 1",
                "select doc ?? 'a' from t where id = ?      | 1",
                "select 'never closed ?                     | 0"
            })
    void aQuestionMarkIsAParameterUnlessItIsQuotedOrInACommentOrAnOperator(String sql, int parameters) {
        SqlText text = SqlText.of(sql);

        assertThat(text.parameters()).isEqualTo(parameters);
        assertThat(text.sql()).isEqualTo(sql);
    }

    @Test
    void theOnlyParameterBecomesMany() {
        SqlText text = SqlText.of("select '?' from t where id in (?) and b");

        assertThat(text.sql(3)).isEqualTo("select '?' from t where id in (?, ?, ?) and b");
        assertThat(text.sql(1)).isEqualTo(text.sql());
    }

    @Test
    void aCommentEndsWithItsLine() {
        assertThat(SqlText.of("select 1 -- why?\n where id = ?").parameters()).isEqualTo(1);
    }
}
