package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing goes on.
 *
 * @param node the server
 * @param runId the life of the server in which {@code cursor} was given: in another it would skip keys; null: not known
 * @param cursor what that server gave; {@link #BEGINNING} begins
 */
record ScanPosition(String node, @Nullable String runId, String cursor) {
    static final String BEGINNING = "0";

    private static final Pattern FORM = Pattern.compile("(\\d{1,20}) (\\p{Alnum}*) (\\S+)");

    static ScanPosition beginning(String node) {
        return new ScanPosition(node, null, BEGINNING);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static ScanPosition parse(String text) {
        Matcher m = FORM.matcher(decoded(text));
        if (!m.matches()) {
            throw refusal(null);
        }
        return new ScanPosition(m.group(3), m.group(2).isEmpty() ? null : m.group(2), m.group(1));
    }

    String text() {
        String plain = cursor + " " + (runId == null ? "" : runId) + " " + node;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException e) {
            throw refusal(e);
        }
    }

    private static IllegalArgumentException refusal(@Nullable Throwable cause) {
        return new IllegalArgumentException(
                "the cursor is none that this server gave: begin again without a cursor", cause);
    }
}
