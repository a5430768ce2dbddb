package io.cacheservice.server.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTemplateTest {
    private static final String HOST = "https://h.example";

    private static @Nullable URI expand(String template, String... matched) {
        return UrlTemplate.of(HOST + template, matched.length)
                .expand(List.of(matched), "k:" + String.join(":", matched));
    }

    @Test
    void whatTheStarsStandForIsFilledIn() {
        assertThat(expand("/v1/{1}", "42")).isEqualTo(URI.create(HOST + "/v1/42"));
        assertThat(expand("/{2}/{1}.json", "a", "b")).isEqualTo(URI.create(HOST + "/b/a.json"));
        assertThat(expand("/{key}", "a")).isEqualTo(URI.create(HOST + "/k%3Aa"));
        assertThat(expand("/x?id={1}&v=2", "a")).isEqualTo(URI.create(HOST + "/x?id=a&v=2"));
        assertThat(expand("?id={1}", "a")).isEqualTo(URI.create(HOST + "?id=a"));
    }

    @ParameterizedTest
    @CsvSource({
        "a b, a%20b",
        "a/b, a%2Fb",
        "a?b=c&d#e, a%3Fb%3Dc%26d%23e",
        "a%2e, a%252e",
        "ä, %C3%A4",
        "a;b, a%3Bb",
        "{1}, %7B1%7D",
        "a@evil.example:80, a%40evil.example%3A80",
        "a\\b, a%5Cb",
        "A-z_0.9~, A-z_0.9~"
    })
    void everythingThatCouldBeStructureIsEncoded(String value, String encoded) {
        assertThat(expand("/v1/{1}", value)).isEqualTo(URI.create(HOST + "/v1/" + encoded));
        assertThat(expand("/v1?q={1}", value)).isEqualTo(URI.create(HOST + "/v1?q=" + encoded));
    }

    @Test
    void lineFeedsAreEncodedToo() {
        assertThat(expand("/{1}", "a\r\nHost: x")).isEqualTo(URI.create(HOST + "/a%0D%0AHost%3A%20x"));
    }

    @Test
    void aPlusKeepsSlashesAndNothingElse() {
        assertThat(expand("/{+1}", "docs/a b?c")).isEqualTo(URI.create(HOST + "/docs/a%20b%3Fc"));
        assertThat(expand("/x/{+key}", "a/b")).isEqualTo(URI.create(HOST + "/x/k%3Aa/b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "../admin", "a/../b", "..\\admin", "a/.", "a/.."})
    void aPathThatWouldClimbIsNoRecords(String value) {
        assertThat(expand("/v1/{1}", value)).isNull();
        assertThat(expand("/v1/{+1}", value)).isNull();
        assertThat(expand("/v1/{1}?x={1}", value)).isNull();
        assertThat(expand("/v1?q={1}", value)).as("a query has no segments").isNotNull();
    }

    @Test
    void dotsThatOnlyTogetherWouldClimbDoNotEither() {
        assertThat(expand("/v1/{1}{2}", ".", ".")).isNull();
        assertThat(expand("/v1/{1}.json", "..")).isEqualTo(URI.create(HOST + "/v1/...json"));
    }

    @Test
    void noKeyReachesAnotherHostOrLeavesThePath() {
        Random random = new Random(3);
        String letters = "a/\\.?#@:%&=+ {}\u00e4\ud83d\ude00\n";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = 1 + random.nextInt(8); value.length() < length; ) {
                value.append(letters.charAt(random.nextInt(letters.length())));
            }
            for (String template : List.of("/v1/{1}/end", "/v1/{+1}/end")) {
                URI url = expand(template, value.toString());
                if (url != null) {
                    assertThat(url.getHost()).isEqualTo("h.example");
                    assertThat(url.normalize().getRawPath())
                            .as(template + " with " + value)
                            .startsWith("/v1/")
                            .endsWith("/end");
                    assertThat(url.getRawQuery()).isNull();
                    assertThat(url.getRawFragment()).isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://h/{1}                  | http:// or https://",
                "//h/{1}                      | http:// or https://",
                "https://h                    | a path",
                "https://{1}/x                | http:// or https://",
                "https://{1}.example/x        | http:// or https://",
                "https://u:hunter2@h/{1}      | without user or password",
                "https://h/x                  | names no part of the key",
                "https://h/{2}                | {2}",
                "https://h/{0}                | {0}",
                "https://h/{id}               | {id}",
                "https://h/{}                 | {}",
                "https://h/{1}/{              | no URL",
                "https://h/a b/{1}            | no URL",
                "https://h/{1}#top            | no fragment",
                "https://h/../{1}             | segment . or .."
            })
    void aTemplateThatCannotBeIsRefusedWithoutShowingIt(String template, String said) {
        assertThatThrownBy(() -> UrlTemplate.of(template, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void aPatternWithoutStarsHasOneUrl() {
        assertThat(UrlTemplate.of(HOST + "/motd", 0).expand(List.of(), "motd")).isEqualTo(URI.create(HOST + "/motd"));
    }
}
