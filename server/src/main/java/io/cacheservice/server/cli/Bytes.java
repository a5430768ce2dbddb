package io.cacheservice.server.cli;

import java.util.Locale;

/** Sizes for people. */
final class Bytes {
    private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

    private Bytes() {}

    /** {@code bytes} with a unit, to one decimal. */
    static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}
