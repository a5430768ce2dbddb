package io.cacheservice.internal.entry;

import io.cacheservice.EntryVersion;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Entry versions as text that a script in Redis can compare with the bytes it sees: of an entry its id, of other bytes
 * their SHA-1.
 */
public final class Versions {
    private static final String PLAIN = "s-";

    private Versions() {}

    /** The version of an entry with a header: its id in 16 lower-case hexadecimal digits. */
    public static EntryVersion framed(long entryId) {
        return EntryVersion.parse(HexFormat.of().toHexDigits(entryId));
    }

    /**
     * The version of bytes without a header (a counter, a value of format RAW, anything foreign): {@code s-} and their
     * SHA-1 in 40 lower-case hexadecimal digits. The digest tells bytes apart and protects nothing.
     */
    public static EntryVersion plain(byte[] bytes) {
        return EntryVersion.parse(PLAIN + HexFormat.of().formatHex(sha1().digest(bytes)));
    }

    /** The version of what a key of format FRAMED holds: {@link #framed} when it has what all headers begin with, else {@link #plain}. */
    public static EntryVersion of(byte[] bytes) {
        return EntryCodec.beginsAsEntry(bytes) && bytes.length >= Layout.COMMON_LENGTH
                ? framed(ByteBuffer.wrap(bytes).getLong(Layout.ENTRY_ID))
                : plain(bytes);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-1, which every Java runtime must have", e);
        }
    }
}
