package io.cacheservice.redis.internal.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

    @SuppressWarnings("ImmutableEnumChecker") // a record of two strings is
    private final Text withHeader;

    @SuppressWarnings("ImmutableEnumChecker") // a record of two strings is
    private final Text withoutHeader;

    Script(String fileName) {
        this.fileName = fileName;
        String file = resource(fileName + ".lua");
        int headerEnd = file.indexOf('\n') + 1;
        String body = resource("entry.lua") + resource("usable.lua") + file.substring(headerEnd);
        this.withHeader = Text.of(file.substring(0, headerEnd) + body);
        this.withoutHeader = Text.of(body);
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

    /**
     * A script as it is sent, and the name by which the server knows it afterwards.
     *
     * @param source the text
     * @param sha1 its SHA-1, in hexadecimal digits
     */
    public record Text(String source, String sha1) {
        static Text of(String source) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
                return new Text(source, HexFormat.of().formatHex(digest));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(
                        "this Java runtime has no SHA-1, which every Java runtime must have", e);
            }
        }
    }
}
