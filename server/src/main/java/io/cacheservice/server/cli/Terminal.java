package io.cacheservice.server.cli;

import java.util.HexFormat;
import picocli.CommandLine.Help.Ansi;

/** What differs when a person looks on. */
final class Terminal {
    private static final HexFormat HEX = HexFormat.of();

    private Terminal() {}

    /** Whether standard output is a terminal that knows how to move its cursor. */
    static boolean isThere() {
        return Ansi.AUTO.enabled();
    }

    /** {@code text} on one line: what a terminal would obey or not show stands there as an escape. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE) {
                out.append("\\u").append(HEX.toHexDigits(c, c > 0xFFFF ? 6 : 4));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
