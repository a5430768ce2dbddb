package io.cacheservice.internal.config;

import java.util.regex.Pattern;

/**
 * A zone as the setting {@code zones} has it: {@code name=redis://host:port}.
 *
 * @param name of the zone
 * @param url where its Redis is, perhaps with a password
 */
public record ZoneUrl(String name, String url) {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what is wrong, which never repeats a part of the text
     */
    public static ZoneUrl parse(String text) {
        int sign = text.indexOf('=');
        if (sign < 0 || !NAME.matcher(text.substring(0, sign)).matches()) {
            throw new IllegalArgumentException(
                    "a zone does not begin with its name and =; a name has 1 to 32 letters, digits and . _ -");
        }
        String url = text.substring(sign + 1);
        RedisUrl.parse(url);
        return new ZoneUrl(text.substring(0, sign), url);
    }

    /** {@code text} without its password, and *** for one that is no zone. */
    static String redact(String text) {
        int sign = text.indexOf('=');
        return sign < 0 ? "***" : text.substring(0, sign + 1) + RedisUrl.redact(text.substring(sign + 1));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name + "=" + RedisUrl.redact(url);
    }
}
