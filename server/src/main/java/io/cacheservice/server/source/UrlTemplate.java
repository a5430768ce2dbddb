package io.cacheservice.server.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a record, with {@code {1}} for what the first star of the pattern stands for, {@code {key}} for the whole key,
 * and {@code {+1}} or {@code {+key}} where its slashes are to stay slashes. Everything else in them that is more than a
 * letter, digit, hyphen, dot, underscore or tilde is percent-encoded, so that a key never becomes a part of the URL's
 * structure (RFC 3986, and RFC 6570 for the braces).
 */
final class UrlTemplate {
    private static final Pattern ORIGIN = Pattern.compile("(?i)https?://[^/?#{}@\\s]+(?=[/?])");
    private static final Pattern EXPRESSION = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern NAME = Pattern.compile("\\+?(key|[1-9]\\d?)");
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final Set<String> DOTS = Set.of(".", "..");

    private final String origin;
    private final String path;
    private final String query;

    private UrlTemplate(String origin, String path, String query) {
        this.origin = origin;
        this.path = path;
        this.query = query;
    }

    /**
     * The template that {@code text} is.
     *
     * @param stars how many the pattern has
     * @throws IllegalArgumentException saying what is wrong with it, without repeating it
     */
    static UrlTemplate of(String text, int stars) {
        Matcher origin = ORIGIN.matcher(text);
        if (!origin.lookingAt()) {
            throw new IllegalArgumentException(
                    "expected http:// or https://, a host without user or password, and a path,"
                            + " such as https://pages.example/v1/{1}");
        }
        requireNames(text, stars);
        requireUri(EXPRESSION.matcher(text).replaceAll("x"));
        int query = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
        UrlTemplate template =
                new UrlTemplate(origin.group(), text.substring(origin.end(), query), text.substring(query));
        if (hasDotSegment(template.path)) {
            throw new IllegalArgumentException("its path has a segment . or ..: write the path without");
        }
        return template;
    }

    private static void requireNames(String text, int stars) {
        Matcher expression = EXPRESSION.matcher(text);
        int count = 0;
        while (expression.find()) {
            String name = expression.group(1);
            if (!NAME.matcher(name).matches() || starOf(name) > stars) {
                throw new IllegalArgumentException("it has {" + name + "}: expected {key}, or {1} to {" + stars
                        + "} for what the stars of the pattern stand for, with + before it to keep slashes");
            }
            count++;
        }
        if (count == 0 && stars > 0) {
            throw new IllegalArgumentException(
                    "it names no part of the key, so that every key would have the same value:"
                            + " expected {1} or {key} in it");
        }
    }

    private static int starOf(String name) {
        String plain = name.replace("+", "");
        return plain.equals("key") ? 0 : Integer.parseInt(plain);
    }

    private static void requireUri(String example) {
        try {
            URI uri = new URI(example);
            if (uri.getHost() == null || uri.getRawFragment() != null) {
                throw new IllegalArgumentException("expected a host name and no fragment");
            }
        } catch (URISyntaxException e) {
            // without the cause, whose message repeats the text
            throw new IllegalArgumentException("it is no URL: " + e.getReason());
        }
    }

    /** Scheme, host and port. */
    String origin() {
        return origin.toLowerCase(Locale.ROOT);
    }

    boolean isEncrypted() {
        return origin().startsWith("https:");
    }

    /**
     * The URL of a record; null when no record can have it, since a segment of its path would be {@code .} or {@code ..} for
     * a server that decodes it or takes a backslash for a slash.
     *
     * @param matched what the stars stand for
     */
    @Nullable
    URI expand(List<String> matched, String key) {
        if (hasDotSegment(filled(path, matched, key, false))) {
            return null;
        }
        return URI.create(origin + filled(path, matched, key, true) + filled(query, matched, key, true));
    }

    private static String filled(String template, List<String> matched, String key, boolean encoding) {
        StringBuilder filled = new StringBuilder();
        int done = 0;
        for (Matcher expression = EXPRESSION.matcher(template); expression.find(); done = expression.end()) {
            String name = expression.group(1);
            int star = starOf(name);
            String value = star == 0 ? key : matched.get(star - 1);
            filled.append(template, done, expression.start())
                    .append(encoding ? encoded(value, name.startsWith("+")) : value);
        }
        return filled.append(template, done, template.length()).toString();
    }

    private static boolean hasDotSegment(String path) {
        return Arrays.stream(path.split("[/\\\\]", -1)).anyMatch(DOTS::contains);
    }

    private static String encoded(String value, boolean slashes) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (PLAIN.indexOf(c) >= 0 || (slashes && c == '/')) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }
}
