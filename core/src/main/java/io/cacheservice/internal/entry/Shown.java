package io.cacheservice.internal.entry;

import java.util.HexFormat;

/** Text of users as it may stand in a message: short, on one line, printable everywhere. */
final class Shown {
    private static final int LONGEST = 64;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Shown() {}

    /** The first 64 characters, with control characters and unpaired surrogates written as escapes. */
    static String shortened(String text) {
        StringBuilder out = new StringBuilder();
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            int c = text.codePointAt(i);
            if (Character.isISOControl(c)
                    || Character.getType(c) == Character.SURROGATE
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR) {
                out.append("\\u").append(HEX.toHexDigits(c, c > 0xFFFF ? 6 : 4));
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c) - 1;
        }
        return text.length() > LONGEST ? out.append("...").toString() : out.toString();
    }
}
