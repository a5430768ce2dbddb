package io.cacheservice.internal.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a Redis, read from {@code redis://[[user]:password@]host[:port][/db]}; {@code rediss} is TLS.
 *
 * <p>User and password are percent-encoded in the text and plain here. A user without a password is refused: other
 * programs read {@code redis://word@host} as a password, which must not end up where user names are printed.
 *
 * @param username null: the default user
 * @param password null: none is sent
 */
public record RedisUrl(
        String host,
        int port,
        @Nullable String username,
        @Nullable String password,
        int db,
        boolean tls) {
    /** The port of Redis when none is named. */
    static final int STANDARD_PORT = 6379;

    /** A host name, an IPv4 or an IPv6 address without brackets. Underscores are common in container names. */
    static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9._-]{1,253}|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f.]{0,15}(?:%[A-Za-z0-9._-]{1,32})?");

    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>(?i)rediss?)://(?:(?<user>[^@]*)@)?(?<host>\\[[^\\]@]*\\]|[^:/@\\[\\]]*)(?::(?<port>[^/@]*))?(?:/(?<db>[^@]*))?");

    private static final Pattern SCHEME = Pattern.compile("(?i)rediss?://");

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException with what is wrong, which never repeats a part of the text
     */
    public static RedisUrl parse(String text) {
        require(SCHEME.matcher(text).lookingAt(), "it does not begin with redis:// or rediss://");
        require(
                text.indexOf('?') < 0 && text.indexOf('#') < 0,
                "it has a ? or #, and no query part is known; in a password write them as %3F and %23");
        Matcher parts = FORM.matcher(text);
        require(parts.matches(), "its parts cannot be told apart; in a password write @ as %40, / as %2F and : as %3A");
        String user = parts.group("user");
        String password = null;
        if (user != null) {
            require(user.indexOf('/') < 0, "there is a / before the @; in a password write it as %2F");
            int colon = user.indexOf(':');
            require(colon >= 0, "it has a user but no password; for a password alone write redis://:password@host");
            password = decode(user.substring(colon + 1));
            require(!password.isEmpty(), "its password is empty");
            user = decode(user.substring(0, colon));
        }
        return new RedisUrl(
                host(parts.group("host")),
                port(parts.group("port")),
                user == null || user.isEmpty() ? null : user,
                password,
                db(parts.group("db")),
                parts.group("scheme").length() == "rediss".length());
    }

    /** {@code text} without its password, and nothing but the scheme of a text that is no such address. */
    static String redact(String text) {
        Matcher scheme = SCHEME.matcher(text);
        String begin = scheme.lookingAt() ? scheme.group() : "";
        try {
            parse(text);
        } catch (IllegalArgumentException notAnAddress) {
            // where its parts end is not known, so any part may be the password
            return begin + "***";
        }
        int at = text.indexOf('@');
        return at < 0 ? text : text.substring(0, text.indexOf(':', begin.length())) + ":***" + text.substring(at);
    }

    /** The address without its password. */
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://")
                + (username == null ? "" : username)
                + (password == null ? "" : ":***")
                + (username == null && password == null ? "" : "@")
                + (host.indexOf(':') < 0 ? host : "[" + host + "]")
                + ":"
                + port
                + "/"
                + db;
    }

    private static String host(String text) {
        require(!text.isEmpty(), "it has no host");
        boolean bracketed = text.startsWith("[");
        String host = bracketed ? text.substring(1, text.length() - 1) : text;
        require(
                HOST.matcher(host).matches() && bracketed == (host.indexOf(':') >= 0),
                "its host is neither a name nor an address");
        return host;
    }

    private static int port(@Nullable String text) {
        if (text == null) {
            return STANDARD_PORT;
        }
        int port = number(text, "its port is not a whole number from 1 to 65535");
        require(port > 0, "its port is not a whole number from 1 to 65535");
        return port;
    }

    private static int db(@Nullable String text) {
        return text == null || text.isEmpty()
                ? 0
                : number(text, "its database, after the /, is not a whole number from 0 to 65535");
    }

    private static int number(String text, String reason) {
        require(text.matches("[0-9]{1,5}"), reason);
        int number = Integer.parseInt(text);
        require(number <= 65535, reason);
        return number;
    }

    private static String decode(String text) {
        try {
            // the decoder is one for forms, where + is a space
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            // without the cause, whose message repeats what may be a password
            throw new IllegalArgumentException("a % before the @ begins no escape; write a plain % as %25");
        }
    }

    private static void require(boolean condition, String reason) {
        if (!condition) {
            throw new IllegalArgumentException(reason);
        }
    }
}
