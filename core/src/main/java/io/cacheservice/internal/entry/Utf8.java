package io.cacheservice.internal.entry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;

/** UTF-8 without replacement characters: text that has no UTF-8 form is told apart, not changed. */
final class Utf8 {
    private Utf8() {}

    /** How many bytes {@code text} takes in UTF-8, or, when it has none, {@code -1 - index} of its unpaired surrogate. */
    static long length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (!Character.isSurrogate(c)) {
                length += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                length += 4;
                i++;
            } else {
                return -1L - i;
            }
        }
        return length;
    }

    /**
     * The bytes of {@code text}.
     *
     * @throws CharacterCodingException when it holds an unpaired surrogate
     */
    static byte[] encode(String text) throws CharacterCodingException {
        if (length(text) < 0) {
            throw new MalformedInputException(1);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The text of the bytes.
     *
     * @throws CharacterCodingException when they are not UTF-8
     */
    static String decode(byte[] bytes, int offset, int length) throws CharacterCodingException {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        // the JVM's own way is much faster than a strict decoder, and marks every flaw; only what bears the mark is
        // doubtful
        return text.indexOf('\uFFFD') < 0
                ? text
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, offset, length))
                        .toString();
    }
}
