package io.cacheservice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.internal.RandomInputs;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a setting prints, it reads; and nothing overflows into what it allows. */
class SettingTypesPropertyTest {
    private static final int TRIES = 1_000;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final List<String> WORDS = List.of("auto", "standalone", "noeviction");
    private static final List<Long> UNIT_MILLIS = List.of(1L, 1_000L, 60_000L, 3_600_000L, 86_400_000L);

    @Test
    void aWholeNumberReadsBack() {
        SettingType<Integer> type = SettingType.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
        RandomInputs.forAll(TRIES, any -> readsBack(type, any.between(Integer.MIN_VALUE, Integer.MAX_VALUE)));
    }

    @Test
    void aProbabilityReadsBack() {
        RandomInputs.forAll(TRIES, any -> readsBack(SettingType.probability(), any.probability()));
    }

    @Test
    void aSwitchReadsBack() {
        readsBack(SettingType.bool(), true);
        readsBack(SettingType.bool(), false);
    }

    @Test
    void aDurationReadsBack() {
        SettingType<Duration> type = SettingType.duration(Duration.ZERO, Duration.ofDays(36500));
        RandomInputs.forAll(TRIES, any -> {
            long unit = any.oneOf(UNIT_MILLIS);
            long count = any.between(0, Duration.ofDays(36500).toMillis() / unit);
            readsBack(type, Duration.ofMillis(count * unit));
        });
    }

    @Test
    void aSizeReadsBack() {
        SettingType<Long> type = SettingType.size(0, 1L << 49);
        RandomInputs.forAll(
                TRIES, any -> readsBack(type, any.between(0, 1L << 19) << any.oneOf(List.of(0, 10, 20, 30))));
    }

    @Test
    void aWordReadsBack() {
        WORDS.forEach(word -> readsBack(SettingType.oneOf(WORDS), word));
    }

    @Test
    void aTextReadsBack() {
        SettingType<String> type = SettingType.text(Pattern.compile("[A-Za-z0-9]+"), "letters and digits");
        RandomInputs.forAll(TRIES, any -> readsBack(type, any.text(LETTERS + "0123456789", 1, 64)));
    }

    @Test
    void aListReadsBack() {
        SettingType<List<String>> type = SettingType.list(Pattern.compile("[A-Za-z]+"), "letters");
        RandomInputs.forAll(
                TRIES,
                any -> readsBack(
                        type,
                        Stream.generate(() -> any.text(LETTERS, 1, 9))
                                .limit(any.between(0, 20))
                                .toList()));
    }

    @Test
    void everyAcceptedPathReadsBack() {
        SettingType<String> type = Settings.TLS_CA_FILE.type();
        RandomInputs.forAll(TRIES, any -> {
            String path = any.anyText(40);
            if (type.accepts(path)) {
                readsBack(type, path);
            }
        });
    }

    @Test
    void noTextOverflowsIntoAnAllowedSize() {
        SettingType<Long> type = SettingType.size(0, 1L << 40);
        RandomInputs.forAll(TRIES, any -> {
            String text = any.between(1L << 20, 999_999_999_999_999L) + "gb";
            assertThat(isAccepted(type, text)).as(text).isFalse();
        });
    }

    @Test
    void noTextOverflowsIntoAnAllowedDuration() {
        SettingType<Duration> type = SettingType.duration(Duration.ZERO, Duration.ofDays(36500));
        RandomInputs.forAll(TRIES, any -> {
            String text = any.between(36501, 999_999_999_999_999L) + "d";
            assertThat(isAccepted(type, text)).as(text).isFalse();
        });
    }

    private static <T> void readsBack(SettingType<T> type, T value) {
        assertThat(type.accepts(value)).as("%s is accepted", value).isTrue();
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
