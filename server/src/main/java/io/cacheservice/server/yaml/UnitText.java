package io.cacheservice.server.yaml;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads durations and sizes in the syntax of the settings: a number and its unit. */
public final class UnitText {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(b|kb|mb|gb)");
    private static final Duration LONGEST = Duration.ofDays(36500);

    private UnitText() {}

    /** The duration that {@code text} stands for, at most 36500 days; null when it stands for none. */
    public static @Nullable Duration duration(String text) {
        Matcher m = DURATION.matcher(text);
        if (!m.matches()) {
            return null;
        }
        long n = Long.parseLong(m.group(1));
        long millisPerUnit = switch (m.group(2)) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> 86_400_000L;
        };
        return n > LONGEST.toMillis() / millisPerUnit ? null : Duration.ofMillis(n * millisPerUnit);
    }

    /** The bytes that {@code text} stands for; empty when it stands for no size. */
    static OptionalLong bytes(String text) {
        Matcher m = SIZE.matcher(text);
        if (!m.matches()) {
            return OptionalLong.empty();
        }
        int shift = switch (m.group(2)) {
            case "b" -> 0;
            case "kb" -> 10;
            case "mb" -> 20;
            default -> 30;
        };
        long n = Long.parseLong(m.group(1));
        return n > Long.MAX_VALUE >> shift ? OptionalLong.empty() : OptionalLong.of(n << shift);
    }
}
