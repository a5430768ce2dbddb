package io.cacheservice.spring;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/** A duration as all settings of this project write it, {@code 300ms}, {@code 10m} or {@code none}, or as ISO 8601 does. */
record SettingDuration(Duration value) {
    /** For Spring's binder. */
    public static SettingDuration valueOf(String text) {
        if (text.equals("none")) {
            return new SettingDuration(Duration.ZERO);
        }
        if (isBareNumber(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no unit: write a duration such as 300ms, 30s, 10m, 1h or 7d, or none");
        }
        return new SettingDuration(DurationStyle.detectAndParse(text));
    }

    static boolean isBareNumber(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
    }
}
