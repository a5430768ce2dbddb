package io.cacheservice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class SettingTypesPropertyTest {
    @Property
    void aWholeNumberReadsBack(@ForAll int value) {
        readsBack(SettingType.integer(Integer.MIN_VALUE, Integer.MAX_VALUE), value);
    }

    @Property
    void aProbabilityReadsBack(@ForAll @DoubleRange(max = 1) double value) {
        readsBack(SettingType.probability(), value);
    }

    @Property
    void aSwitchReadsBack(@ForAll boolean value) {
        readsBack(SettingType.bool(), value);
    }

    @Property
    void aDurationReadsBack(@ForAll("durations") Duration value) {
        readsBack(SettingType.duration(Duration.ZERO, Duration.ofDays(36500)), value);
    }

    @Property
    void aSizeReadsBack(@ForAll("sizes") long value) {
        readsBack(SettingType.size(0, 1L << 49), value);
    }

    @Property
    void aWordReadsBack(@ForAll("words") String value) {
        readsBack(SettingType.oneOf(List.of("auto", "standalone", "noeviction")), value);
    }

    @Property
    void aTextReadsBack(@ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 64) String value) {
        readsBack(SettingType.text(Pattern.compile("[A-Za-z0-9]+"), "letters and digits"), value);
    }

    @Property
    void aListReadsBack(@ForAll List<@AlphaChars @StringLength(min = 1, max = 9) String> value) {
        readsBack(SettingType.list(Pattern.compile("[A-Za-z]+"), "letters"), value);
    }

    @Property
    void everyAcceptedPathReadsBack(@ForAll String value) {
        SettingType<String> type = Settings.TLS_CA_FILE.type();
        if (type.accepts(value)) {
            readsBack(type, value);
        }
    }

    @Property
    void noTextOverflowsIntoAnAllowedSize(@ForAll @LongRange(min = 1L << 20, max = 999_999_999_999_999L) long count) {
        SettingType<Long> type = SettingType.size(0, 1L << 40);
        assertThat(isAccepted(type, count + "gb")).isFalse();
    }

    @Property
    void noTextOverflowsIntoAnAllowedDuration(@ForAll @LongRange(min = 36501, max = 999_999_999_999_999L) long days) {
        SettingType<Duration> type = SettingType.duration(Duration.ZERO, Duration.ofDays(36500));
        assertThat(isAccepted(type, days + "d")).isFalse();
    }

    @Provide
    Arbitrary<Duration> durations() {
        Arbitrary<Long> units = Arbitraries.of(1L, 1_000L, 60_000L, 3_600_000L, 86_400_000L);
        return units.flatMap(unit -> Arbitraries.longs()
                .between(0, Duration.ofDays(36500).toMillis() / unit)
                .map(count -> Duration.ofMillis(count * unit)));
    }

    @Provide
    Arbitrary<Long> sizes() {
        return Arbitraries.of(0, 10, 20, 30)
                .flatMap(shift -> Arbitraries.longs().between(0, 1L << 19).map(count -> count << shift));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of("auto", "standalone", "noeviction");
    }

    private static <T> void readsBack(SettingType<T> type, T value) {
        assertThat(type.accepts(value)).isTrue();
        assertThat(type.parse(type.print(value))).isEqualTo(value);
    }

    private static <T> boolean isAccepted(SettingType<T> type, String text) {
        try {
            return type.accepts(type.parse(text));
        } catch (IllegalArgumentException unread) {
            return false;
        }
    }
}
