package io.cacheservice.redis.internal.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The scripts, each a file of resources with {@code entry.lua} and {@code usable.lua} placed in front. Their names stand here, held
 * by a test: to compute them wakes the JDK's security providers, which a start would wait for, and to be told them would be
 * to believe one server about what is called on another.
 */
public enum Script {
    /** Stores a value where nothing usable is. */
    SET_IF_ABSENT(
            "set-if-absent", "2a9d9228e4b6da187a48a639876f22de85b0714e", "eacd704923552ae93065cdee2c84f29fcb2aa005"),
    /** Stores a value over one that is known. */
    REPLACE("replace", "8abdf66aeb7ee034f783f1cd0dda18200224279b", "1f2325f4cabb0505b9c5cadf1155dc0dae233db9"),
    /** Removes a value that is known. */
    DELETE_VERSION(
            "delete-version", "8f1a35d29087e25dfd6c18023f2eb699113b5fe5", "eda679c9ac097ab9632eb6c682931f1f6f0db871"),
    /** Takes a value away. */
    GET_AND_DELETE(
            "get-and-delete", "6e53329598eff50fd95013581d2818b1f99c0e1f", "e6d154dcd304be1164fab1f8d3eb5956fcc6a2e1"),
    /** Adds to a counter. */
    INCREMENT("increment", "75d20ff578f471c6ce0f8b3a557db755178c129d", "a4f8a00f5cdab267156e29fb7f592261e879bd89"),
    /** Changes a key and leaves nothing. */
    STIR("stir", "cd56fa9cefad8e10379a6197d2cb4e925c8bf088", "3281a487d395cb2bb0845e4b48dd0929a8b52ced"),
    /** Asks for a lease. */
    LEASE("lease", "89c37786597ddad0adb5a7ac6ff8a19306e023ce", "83bc3e38bbbe6d0e66ce2d9f5822c17e300e58c9"),
    /** Fills what a lease holds. */
    FILL("fill", "caa18cea634bd11f6ae5a482d590a68f8e9a629e", "3f54ddd8b7a5e85e2ebcbb721736113d08465a7f"),
    /** Ends a lease. */
    RELEASE("release", "3367250a04182f52f151978af6d7b9e54b52c93f", "adfb7444b0a52c4c2404e95bffd36b54ff5cf9a4"),
    /** Asks for a lease to refresh an entry. */
    REFRESH_LEASE(
            "refresh-lease", "62c44e6503f15e939de38da48852d29656b84319", "d1504aba2dc7e0a5372db7e9d0657d44840fc658"),
    /** Replaces the entry that was to be refreshed. */
    REFRESH_FILL(
            "refresh-fill", "536b407f831c54164418757131460d763ecf6b49", "6b0b53ee385850b603f345023dc97c10479713be"),
    /** Stores whatever is there and however short memory is. */
    OVERWRITE("overwrite", "cadd55a0a595362b347cbb18a5ab17636f707727", "c23241a88c24948320e58adb966320d416a41b0a"),
    /** Reads an epoch, or makes one. */
    EPOCH("epoch", "d55e3e34acf1189ccc43fde8e7319451d6807a37", "05021acbfd5f1b64c0d77c10b7a4a78b7306cf26"),
    /** Reads what is kept for all, or puts it there, and lengthens its life. */
    KEEP("keep", "05c98798ffe6b1a702ebf70a41ce9401d258a573", "70c85108bce8f22c8b2eb5b1052759a2193086dd");

    private static final String FOLDER = "/io/cacheservice/redis/";

    private final String fileName;

    @SuppressWarnings("ImmutableEnumChecker") // a record of two strings is
    private final Text withHeader;

    @SuppressWarnings("ImmutableEnumChecker") // a record of two strings is
    private final Text withoutHeader;

    Script(String fileName, String sha1, String sha1WithoutHeader) {
        this.fileName = fileName;
        String file = resource(fileName + ".lua");
        int headerEnd = file.indexOf('\n') + 1;
        String body = Common.TEXT + file.substring(headerEnd);
        this.withHeader = new Text(file.substring(0, headerEnd) + body, sha1);
        this.withoutHeader = new Text(body, sha1WithoutHeader);
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
    public record Text(String source, String sha1) {}

    /** What is placed in front of all of them. */
    private static final class Common {
        static final String TEXT = resource("entry.lua") + resource("usable.lua");
    }
}
