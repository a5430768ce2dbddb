package io.cacheservice.redis.internal.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The scripts, each a file of resources with {@code entry.lua} and {@code usable.lua} placed in front. */
public enum Script {
    /** Stores a value where nothing usable is. */
    SET_IF_ABSENT("set-if-absent"),
    /** Stores a value over one that is known. */
    REPLACE("replace"),
    /** Removes a value that is known. */
    DELETE_VERSION("delete-version"),
    /** Takes a value away. */
    GET_AND_DELETE("get-and-delete"),
    /** Adds to a counter. */
    INCREMENT("increment"),
    /** Changes a key and leaves nothing. */
    STIR("stir"),
    /** Asks for a lease. */
    LEASE("lease"),
    /** Fills what a lease holds. */
    FILL("fill"),
    /** Ends a lease. */
    RELEASE("release"),
    /** Asks for a lease to refresh an entry. */
    REFRESH_LEASE("refresh-lease"),
    /** Replaces the entry that was to be refreshed. */
    REFRESH_FILL("refresh-fill"),
    /** Stores whatever is there and however short memory is. */
    OVERWRITE("overwrite"),
    /** Reads an epoch, or makes one. */
    EPOCH("epoch"),
    /** Reads what is kept for all, or puts it there, and lengthens its life. */
    KEEP("keep");

    private static final String FOLDER = "/io/cacheservice/redis/";

    private final String fileName;

    @SuppressWarnings("ImmutableEnumChecker") // what it learns is what it would compute
    private final Text withHeader;

    @SuppressWarnings("ImmutableEnumChecker") // what it learns is what it would compute
    private final Text withoutHeader;

    Script(String fileName) {
        this.fileName = fileName;
        String file = resource(fileName + ".lua");
        int headerEnd = file.indexOf('\n') + 1;
        String body = Common.TEXT + file.substring(headerEnd);
        this.withHeader = new Text(file.substring(0, headerEnd) + body);
        this.withoutHeader = new Text(body);
    }

    /** What it is called in messages. */
    public String fileName() {
        return fileName;
    }

    /** The text for a server that knows the header {@code #!lua}, which Redis before version 7 does not, or does not. */
    public Text text(boolean knowsHeader) {
        return knowsHeader ? withHeader : withoutHeader;
    }

    private static String resource(String name) {
        try (InputStream in = Script.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is missing from this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the script " + name + " cannot be read from this jar", e);
        }
    }

    /** A script as it is sent. Safe for use by many threads. */
    public static final class Text {
        private static final int SHA1_DIGITS = 40;

        private final String source;
        private volatile @Nullable String sha1;

        private Text(String source) {
            this.source = source;
        }

        /** The whole text. */
        public String source() {
            return source;
        }

        /** Its SHA-1, in hexadecimal digits: the name by which a server knows it that has seen it. */
        public String sha1() {
            String known = sha1;
            if (known == null) {
                known = digest();
                sha1 = known;
            }
            return known;
        }

        /** A server has named it: then it need not be computed, for which a lot would have to be loaded. */
        public void isKnownAs(@Nullable String name) {
            if (name != null && name.length() == SHA1_DIGITS) {
                sha1 = name;
            }
        }

        private String digest() {
            try {
                byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(
                        "this Java runtime has no SHA-1, which every Java runtime must have", e);
            }
        }
    }

    /** What is placed in front of all of them. */
    private static final class Common {
        static final String TEXT = resource("entry.lua") + resource("usable.lua");
    }
}
