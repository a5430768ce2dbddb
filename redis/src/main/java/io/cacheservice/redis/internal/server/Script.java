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
            "set-if-absent", "8cdcf482e077c6eb2951e4f9a93c22791e28a210", "42af3ddadac931d1ef34f72f433ec03d51304d7b"),
    /** Stores a value over one that is known. */
    REPLACE("replace", "44dd8f77cb453472ee4f6a476ca3c3521520403a", "eb2e86263ffa3ddd610b73792dc42bff80bb73c1"),
    /** Removes a value that is known. */
    DELETE_VERSION(
            "delete-version", "987e859b2da0ab09c4b8d85d09205631d0d7b2b4", "673d65baf672931f631aa6d26457a4fbcf825c04"),
    /** Takes a value away. */
    GET_AND_DELETE(
            "get-and-delete", "d58ca2843e03a5c5ebf1e619fdaa8ebb4b398b30", "7c764ec0dcc4981f70b211c5be6b387cb4226d31"),
    /** Adds to a counter. */
    INCREMENT("increment", "a618745b3150e039d6183dc6249ca1430306005f", "93035ee1b2d60ae8be4309859b839becfacbebdd"),
    /** Changes a key and leaves nothing. */
    STIR("stir", "6a542c809239016ab10db857182cf77dd5520529", "e34b5bb8a94ae1bdaa5ce3d827ab2d90f8669942"),
    /** Asks for a lease. */
    LEASE("lease", "34802d8519b0c7bb04ddfe6a960e30d037f5109c", "cb15e337ced20b339f94821ccde2ceef51d07695"),
    /** Fills what a lease holds. */
    FILL("fill", "1d40afb2561ec31ea868f56d05242acefbd21ed1", "a7d44e6246a2e658cab05299f94a058735649065"),
    /** Ends a lease. */
    RELEASE("release", "1d96432d79f7bdbb29ab0d66c5e9870fb3ab58a4", "40736eca6d28b79f77f228fd90568d5da826a212"),
    /** Asks for a lease to refresh an entry. */
    REFRESH_LEASE(
            "refresh-lease", "2a4eed37687937cd59286316acf9ad95bb2fbe44", "8f6bb1e77e75fa8e6f442037117687539c2a9294"),
    /** Replaces the entry that was to be refreshed. */
    REFRESH_FILL(
            "refresh-fill", "5cda5114a07a783813b8ec423e835a00ca10c713", "7a1587993750077bca4e9834137a038c6639bbee"),
    /** Stores whatever is there and however short memory is. */
    OVERWRITE("overwrite", "e1752736e95741cf52ae318cd4185f3044fa9dd9", "d0dbdcd104c3f2715ae1ee086037cf5680cf49d3"),
    /** Reads an epoch, or makes one. */
    EPOCH("epoch", "c763cd8c2dee9afdd4d3240afedc6cc5b807d049", "436fdd7a590d90edf73ae27fefe8b7bdd621a917"),
    /** Reads what is kept for all, or puts it there, and lengthens its life. */
    KEEP("keep", "575afd44be626af3561b64cd7c13980d3ab4d4db", "f625ff20496b1b88a0ee32e0c6b0c2f74183866e");

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
