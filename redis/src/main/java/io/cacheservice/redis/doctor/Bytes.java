package io.cacheservice.redis.doctor;

import java.util.Locale;

/** Sizes and shares for people. */
final class Bytes {
    private static final long MB = 1024 * 1024;

    private Bytes() {}

    static String text(long bytes) {
        return bytes < MB ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f MB", (double) bytes / MB);
    }
}
