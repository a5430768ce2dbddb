package io.cacheservice.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys from the request target exactly as it was sent.
 *
 * <p>Nothing is normalised: a target in which a proxy, a client library or a server might see another key than we do is
 * refused, and the same key given as {@code /v1/entry?key=} has only one reading.
 */
final class RawKeys {
    private static final String REMEDY = "; give such a key as /v1/entry?key=, percent-encoded";

    private RawKeys() {}

    /** The key that the target of {@code request} names, in its path or its query. */
    static String fromTarget(HttpServletRequest request) {
        String rawPath = request.getRequestURI();
        return rawPath.startsWith(Entries.PATH) ? fromPath(rawPath, Entries.PATH) : fromQuery(request.getQueryString());
    }

    /** The key of {@code rawPath}, which begins with {@code prefix}. */
    static String fromPath(String rawPath, String prefix) {
        String raw = rawPath.substring(prefix.length());
        if (raw.isEmpty()) {
            throw refusal("the key is empty");
        }
        if (raw.indexOf('/') >= 0 || raw.indexOf(';') >= 0 || raw.indexOf('\\') >= 0) {
            throw refusal("the path has '/', ';' or '\\' in its key" + REMEDY);
        }
        String key = decode(raw, false);
        if (key.equals(".") || key.equals("..") || key.indexOf('/') >= 0) {
            throw refusal("the path has '.', '..' or an encoded '/' as its key" + REMEDY);
        }
        return key;
    }

    /** The one {@code key} parameter of {@code rawQuery}, in which {@code +} is a space. */
    static String fromQuery(@Nullable String rawQuery) {
        String key = single(rawQuery, "key");
        if (key == null || key.isEmpty()) {
            throw refusal("the query parameter 'key' is missing or empty");
        }
        return key;
    }

    /** The value of a query parameter that may be there once; null when it is not there. */
    static @Nullable String single(@Nullable String rawQuery, String name) {
        List<String> values = new ArrayList<>(1);
        if (rawQuery != null) {
            for (String part : rawQuery.split("&", -1)) {
                int equals = part.indexOf('=');
                if (decode(equals < 0 ? part : part.substring(0, equals), true).equals(name)) {
                    values.add(equals < 0 ? "" : decode(part.substring(equals + 1), true));
                }
            }
        }
        if (values.size() > 1) {
            throw refusal("the query parameter '" + name + "' is given " + values.size() + " times: expected once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private static String decode(String raw, boolean plusIsSpace) {
        byte[] bytes = new byte[raw.length()];
        int n = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(raw.charAt(i + 2), 16);
                if (low < 0) {
                    throw refusal("the request target has a '%' that is not followed by two hexadecimal digits");
                }
                bytes[n++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c > 0x7e || c < 0x20) {
                throw refusal(
                        "the request target has a character that is not printable ASCII: percent-encode it as UTF-8");
            } else {
                bytes[n++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, n))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.badRequest("the request target is not UTF-8 once percent-decoded"));
        }
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(Problem.badRequest(detail));
    }
}
