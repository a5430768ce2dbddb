package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SourcesTest {
    private static final Loader<String, byte[]> LOADER = key -> new byte[0];

    @Test
    void aStarStandsForAnyCharactersAndAQuestionMarkForOne() {
        assertThat(matches("user:*", "user:42")).isTrue();
        assertThat(matches("user:*", "user:")).isTrue();
        assertThat(matches("user:*", "order:42")).isFalse();
        assertThat(matches("*:name", "user:42:name")).isTrue();
        assertThat(matches("a*b*c", "a1b2b3c")).isTrue();
        assertThat(matches("a*b*c", "a1b2b3")).isFalse();
        assertThat(matches("k?", "k1")).isTrue();
        assertThat(matches("k?", "k")).isFalse();
        assertThat(matches("k?", "k12")).isFalse();
        assertThat(matches("k?", "k\uD83D\uDE00")).isTrue();
        assertThat(matches("*", "any\nline")).isTrue();
        assertThat(matches("**", "k")).isTrue();
    }

    @Test
    void everyOtherCharacterStandsForItself() {
        assertThat(matches("a.b", "a.b")).isTrue();
        assertThat(matches("a.b", "axb")).isFalse();
        assertThat(matches("[a]\\E+", "[a]\\E+")).isTrue();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aKeyThatAlmostMatchesCostsNoMoreThanItsLengthTimesThePatterns() {
        assertThat(matches("*a*a*a*a*a*a*b", "a".repeat(4_096))).isFalse();
    }

    private static boolean matches(String pattern, String key) {
        Sources sources = new Sources();
        sources.add(Sources.Source.one(pattern, LOADER, 1));
        return sources.find(key) != null;
    }
}
