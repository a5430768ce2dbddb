package io.cacheservice.internal.entry;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * 64-bit integers as the plain decimal text that Redis counts with: {@code 0}, {@code 42}, {@code -7}; no plus, no leading
 * zeros, no spaces, one form for each number.
 */
public final class PlainDecimal {
    private static final int LONGEST = 20;

    private PlainDecimal() {}

    /** The text of {@code value} in ASCII. */
    public static byte[] bytes(long value) {
        return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    /** The number that {@code length} bytes from {@code offset} are; empty when they are anything else. */
    static OptionalLong parse(byte[] bytes, int offset, int length) {
        if (length < 1 || length > LONGEST) {
            return OptionalLong.empty();
        }
        boolean negative = bytes[offset] == '-';
        int first = negative ? offset + 1 : offset;
        int end = offset + length;
        if (first == end || (bytes[first] == '0' && length > 1)) {
            return OptionalLong.empty();
        }
        long value = 0; // built up below zero, where the range is larger by one
        for (int i = first; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
                return OptionalLong.empty();
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(negative ? value : -value);
    }
}
