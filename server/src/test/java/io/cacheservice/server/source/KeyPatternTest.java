package io.cacheservice.server.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyPatternTest {
    @Test
    void whatTheStarsStandForNamesTheRecord() {
        assertThat(match("city:*", "city:2950159")).containsExactly("2950159");
        assertThat(match("city:*", "city:a:b*c")).containsExactly("a:b*c");
        assertThat(match("*", "any\nkey")).containsExactly("any\nkey");
        assertThat(match("*:name", "user:7:name")).containsExactly("user:7");
        assertThat(match("order:*:*", "order:se:77")).containsExactly("se", "77");
        assertThat(match("a?:*", "aü:x")).containsExactly("x");
        assertThat(match("motd", "motd")).isEmpty();
    }

    @Test
    void eachStarButTheLastTakesAsLittleAsItCan() {
        assertThat(match("*:*", "a:b:c")).containsExactly("a", "b:c");
        assertThat(match("*-*-x", "a-b-c-x")).containsExactly("a", "b-c");
    }

    @Test
    void aStarMayStandForNothing() {
        assertThat(match("city:*", "city:")).containsExactly("");
        assertThat(match("*:*", ":")).containsExactly("", "");
        assertThat(match("*b", "b")).containsExactly("");
    }

    @Test
    void otherKeysDoNotMatch() {
        assertThat(match("city:*", "City:1")).isNull();
        assertThat(match("city:*", "a city:1")).isNull();
        assertThat(match("*:name", "user:names")).isNull();
        assertThat(match("k?", "k")).isNull();
        assertThat(match("motd", "motds")).isNull();
    }

    @Test
    void itMatchesTheKeysThatTheServiceSendsToASourceOfThisPattern() {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            String pattern = text(random, "ab:*?", 6).replaceAll("\\*+", "*");
            String key = text(random, "ab:", 7);
            assertThat(match(pattern, key) != null)
                    .as("pattern " + pattern + ", key " + key)
                    .isEqualTo(serviceMatches(pattern, key));
        }
    }

    @Test
    void thePiecesAndThePatternAreTheKeyAgain() {
        Random random = new Random(8);
        for (int i = 0; i < 3_000; i++) {
            String pattern = text(random, "ab:*", 6).replaceAll("\\*+", "*");
            String key = text(random, "ab:", 7);
            List<String> pieces = match(pattern, key);
            if (pieces != null) {
                String filled = pattern;
                for (String piece : pieces) {
                    filled = filled.replaceFirst("\\*", piece);
                }
                assertThat(filled).as("pattern " + pattern).isEqualTo(key);
            }
        }
    }

    private static boolean serviceMatches(String pattern, String key) {
        try (CacheService service = CacheService.open(CacheConfig.builder().build())) {
            service.source(pattern, asked -> new byte[0]);
            return service.get(key) != null;
        }
    }

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = 1 + random.nextInt(most); text.length() < length; ) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static @Nullable List<String> match(String pattern, String key) {
        return KeyPattern.of(pattern).match(key);
    }
}
