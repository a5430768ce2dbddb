package io.cacheservice.server.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpValidatorTest {
    private static final String DATE = "Wed, 16 Nov 1994 12:45:26 GMT";

    private static HttpHeaders answer(String... fields) {
        Map<String, List<String>> named = fields.length == 2
                ? Map.of(fields[0], List.of(fields[1]))
                : Map.of(fields[0], List.of(fields[1]), fields[2], List.of(fields[3]));
        return HttpHeaders.of(named, (name, value) -> true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "W/\"a\"", "\"\""})
    void anEntityTagIsBetterThanADate(String tag) {
        HttpValidator validator =
                HttpValidator.of(answer("ETag", tag, "Last-Modified", DATE)).orElseThrow();

        assertThat(validator.text()).isEqualTo(tag);
        assertThat(validator.field()).isEqualTo("If-None-Match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"a", "w/\"a\"", "\"a\"b\"", "\"a b\"", "\"ä\"", ""})
    void whatIsNoEntityTagIsLeftOut(String tag) {
        HttpValidator validator =
                HttpValidator.of(answer("ETag", tag, "Last-Modified", DATE)).orElseThrow();

        assertThat(validator.text()).isEqualTo(DATE);
        assertThat(validator.field()).isEqualTo("If-Modified-Since");
    }

    @Test
    void whatIsTooLongToBeKeptIsLeftOut() {
        assertThat(HttpValidator.of(answer("ETag", '"' + "a".repeat(254) + '"')))
                .isEmpty();
    }

    @Test
    void whatIsNoDateIsLeftOut() {
        assertThat(HttpValidator.of(answer("Last-Modified", "yesterday"))).isEmpty();
    }
}
