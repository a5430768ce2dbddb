package io.cacheservice.internal.compress;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A dictionary, with the number that its content gives it. Never changes.
 *
 * @param number the first 32 bits of its SHA-256; 1 where those are 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its number
public record Trained(int number, byte[] dictionary) {
    /** The largest that is made or taken. */
    public static final int MOST_BYTES = 112 << 10;

    /** Names {@code dictionary}. */
    public static Trained of(byte[] dictionary) {
        try {
            int number = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(dictionary))
                    .getInt();
            return new Trained(number == 0 ? 1 : number, dictionary);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256, which every Java runtime must have", e);
        }
    }
}
