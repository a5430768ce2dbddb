package io.cacheservice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypesTest {
    private static final SettingType<Duration> DURATION = SettingType.duration(Duration.ZERO, Duration.ofDays(9));
    private static final SettingType<Long> SIZE = SettingType.size(0, 1L << 40);

    @ParameterizedTest
    @CsvSource({
        "300ms, 300",
        "30s, 30000",
        "10m, 600000",
        "1h, 3600000",
        "7d, 604800000",
        "none, 0",
        "0s, 0",
        " 5s , 5000"
    })
    void aDurationHasAUnit(String text, long millis) {
        assertThat(DURATION.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "0",
                "",
                "5 s",
                "-5s",
                "1.5s",
                "5S",
                "5us",
                "PT5S",
                "999999999999999d",
                "9999999999999999ms",
                "٥s"
            })
    void otherTextsAreNoDurations(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DURATION.parse(text));
    }

    @Test
    void aDurationFinerThanAMillisecondIsRefusedAndShownExactly() {
        assertThat(DURATION.accepts(Duration.ofNanos(1_500_000))).isFalse();
        assertThat(DURATION.print(Duration.ofNanos(1_500_000))).isEqualTo("PT0.0015S");
    }

    @Test
    void aDurationTooLongForMillisecondsIsRefusedAndShown() {
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE, 1_000_000);
        assertThat(DURATION.accepts(endless)).isFalse();
        assertThat(DURATION.print(endless)).startsWith("PT");
        assertThat(DURATION.print(Duration.ofSeconds(Long.MIN_VALUE, 1_000_000)))
                .startsWith("PT");
    }

    @ParameterizedTest
    @CsvSource({"5b, 5", "256kb, 262144", "64mb, 67108864", "1gb, 1073741824", "1GB, 1073741824"})
    void aSizeHasAUnit(String text, long bytes) {
        assertThat(SIZE.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "", "5 mb", "-5mb", "1.5gb", "5m", "5tb", "999999999999999gb", "9999999999999999b"})
    void otherTextsAreNoSizes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SIZE.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5", "0x10", "99999999999", "1_000", "one"})
    void otherTextsAreNoWholeNumbers(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.integer(0, 9).parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "0x1p-1", "1d", ".5", "50%"})
    void otherTextsAreNoProbabilities(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.probability().parse(text));
    }

    @Test
    void aProbabilityIsFromZeroToOne() {
        assertThat(List.of(0.0, 0.5, 1.0)).allMatch(SettingType.probability()::accepts);
        assertThat(List.of(-0.1, 1.1, Double.NaN)).noneMatch(SettingType.probability()::accepts);
    }

    @Test
    void aSwitchIsTrueOrFalse() {
        assertThat(SettingType.bool().parse("TRUE")).isTrue();
        assertThat(SettingType.bool().parse(" false ")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.bool().parse("yes"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.bool().parse("1"));
    }

    @Test
    void anEmptyTextIsAnEmptyListAndAnEmptyWordIsRefused() {
        SettingType<List<String>> nodes = Settings.NODES.type();
        assertThat(nodes.parse(" ")).isEmpty();
        assertThat(nodes.parse("a:1, b:2")).containsExactly("a:1", "b:2");
        assertThat(nodes.accepts(nodes.parse("a:1,,b:2"))).isFalse();
    }

    @Test
    void secretsAreNeverPrinted() {
        assertThat(SettingType.secret().print("hunter2")).isEqualTo("***");
        assertThat(SettingType.secret().printUnread("hunter2")).isEqualTo("***");
        assertThat(Settings.SERVER_TOKENS.type().print(List.of("hunter2hunter2hunter2")))
                .isEqualTo("***");
        assertThat(Settings.SERVER_TOKENS.type().printUnread("hunter2")).isEqualTo("***");
    }

    @Test
    void aSecretKeepsItsSpaces() {
        assertThat(SettingType.secret().parse(" a b ")).isEqualTo(" a b ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache:", "a", "!-~", "app/users:"})
    void aKeyPrefixIsPrintable(String prefix) {
        assertThat(Settings.KEY_PREFIX.type().accepts(prefix)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a{b", "a}b", "a*", "a?", "a[b", "a]b", "a\\b", "é:", "a\nb", "a\u007f"})
    void aKeyPrefixHasNoBracesSpacesAndWildcards(String prefix) {
        assertThat(Settings.KEY_PREFIX.type().accepts(prefix)).isFalse();
    }

    @Test
    void aKeyPrefixHasAtMost64Characters() {
        assertThat(Settings.KEY_PREFIX.type().accepts("p".repeat(64))).isTrue();
        assertThat(Settings.KEY_PREFIX.type().accepts("p".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "é", "a\n"})
    void aClientNameHasLettersDigitsAndAFewMarks(String name) {
        assertThat(Settings.CLIENT_NAME.type().accepts("Orders_1.a-b")).isTrue();
        assertThat(Settings.CLIENT_NAME.type().accepts(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "redis_1", "10.0.0.1", "::1", "::", "2001:db8::1", "fe80::1%eth0", "0.0.0.0"})
    void aHostIsANameOrAnAddress(String host) {
        assertThat(Settings.HOST.type().accepts(host)).isTrue();
        assertThat(Settings.SERVER_BIND.type().accepts(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "db:6379", "redis://h", "h/0", "a b", "[::1]", "*", "h\n"})
    void aHostHasNoPortAndNoBrackets(String host) {
        assertThat(Settings.HOST.type().accepts(host)).isFalse();
        assertThat(Settings.SERVER_BIND.type().accepts(host)).isFalse();
    }

    @Test
    void namesOfHostsHaveAtMost253Characters() {
        assertThat(Settings.SERVER_BIND.type().accepts("h".repeat(253))).isTrue();
        assertThat(Settings.SERVER_BIND.type().accepts("h".repeat(254))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 513})
    void aTokenHas16To512Characters(int length) {
        SettingType<List<String>> tokens = Settings.SERVER_TOKENS.type();
        assertThat(tokens.accepts(List.of("t".repeat(16), "t".repeat(512)))).isTrue();
        assertThat(tokens.accepts(List.of("t".repeat(16), "t".repeat(length)))).isFalse();
    }

    @Test
    void aTokenFitsIntoAHeader() {
        assertThat(Settings.SERVER_TOKENS.type().accepts(List.of("a token with spaces")))
                .isFalse();
    }
}
