package io.cacheservice.spring;

import java.util.Locale;
import org.springframework.util.unit.DataSize;

/** A size as all settings of this project write it, {@code 256kb} or {@code 64MB}. */
record SettingSize(long bytes) {
    /** For Spring's binder. */
    public static SettingSize valueOf(String text) {
        if (SettingDuration.isBareNumber(text)) {
            throw new IllegalArgumentException("'" + text + "' has no unit: write a size such as 256kb, 64mb or 1gb");
        }
        return new SettingSize(DataSize.parse(text.toUpperCase(Locale.ROOT)).toBytes());
    }
}
