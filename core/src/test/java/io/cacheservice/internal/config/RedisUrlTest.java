package io.cacheservice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
    @Test
    void aHostAloneHasTheStandardPortAndDatabase() {
        assertThat(RedisUrl.parse("redis://localhost"))
                .isEqualTo(new RedisUrl("localhost", 6379, null, null, 0, false));
    }

    @Test
    void everyPartIsRead() {
        assertThat(RedisUrl.parse("rediss://app:hunter2@cache_1.example:6380/3"))
                .isEqualTo(new RedisUrl("cache_1.example", 6380, "app", "hunter2", 3, true));
    }

    @Test
    void thePasswordMayStandAlone() {
        assertThat(RedisUrl.parse("redis://:hunter2@h")).isEqualTo(new RedisUrl("h", 6379, null, "hunter2", 0, false));
    }

    @Test
    void userAndPasswordArePercentDecodedAndPlusIsAPlus() {
        RedisUrl url = RedisUrl.parse("redis://a%40b:%C3%A9+%2F%3A%25:x@h");
        assertThat(url.username()).isEqualTo("a@b");
        assertThat(url.password()).isEqualTo("é+/:%:x");
    }

    @Test
    void anAddressOfVersionSixStandsInBrackets() {
        assertThat(RedisUrl.parse("redis://[2001:db8::1]:7000/0").host()).isEqualTo("2001:db8::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDIS://h", "redis://h/", "Rediss://h:1"})
    void theSchemeMayBeInCapitalsAndTheDatabaseEmpty(String text) {
        assertThat(RedisUrl.parse(text).db()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost:6379                 | does not begin with redis://",
                "http://h                       | does not begin with redis://",
                "redis://h?timeout=3s           | no query part is known",
                "redis://h#x                    | no query part is known",
                "redis://                       | no host",
                "redis://:6379                  | no host",
                "redis://u:hunter2@             | no host",
                "redis://a b                    | neither a name nor an address",
                "redis://[h]                    | neither a name nor an address",
                "redis://h:                     | port",
                "redis://h:0                    | port",
                "redis://h:65536                | port",
                "redis://h:99999999999999999999 | port",
                "redis://h:6379x                | port",
                "redis://h/x                    | database",
                "redis://h/65536                | database",
                "redis://h/0/1                  | database",
                "redis://h/-1                   | database",
                "redis://hunter2@h              | no password",
                "redis://u:@h                   | password is empty",
                "redis://u:hun@ter2@h           | cannot be told apart",
                "redis://u:hun/ter2@h           | %2F",
                "redis://u:hunter2%zz@h         | escape",
                "redis://u:hunter2%@h           | escape",
            })
    void whatIsWrongIsSaidAndNotRepeated(String text, String reason) {
        assertThatThrownBy(() -> RedisUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        assertThat(RedisUrl.redact(text)).isIn("***", "redis://***");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://h:1/2, redis://h:1/2",
        "redis://u:hunter2@h/2, redis://u:***@h/2",
        "rediss://:hunter2@[::1], rediss://:***@[::1]",
    })
    void redactionKeepsAllButThePassword(String text, String redacted) {
        assertThat(RedisUrl.redact(text)).isEqualTo(redacted);
    }

    @Test
    void itPrintsNoPassword() {
        assertThat(RedisUrl.parse("redis://u:hunter2@h")).hasToString("redis://u:***@h:6379/0");
        assertThat(RedisUrl.parse("rediss://[::1]")).hasToString("rediss://[::1]:6379/0");
    }
}
