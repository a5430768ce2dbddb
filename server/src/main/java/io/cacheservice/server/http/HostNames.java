package io.cacheservice.server.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests meant for a loopback server from those of a web page that had a name of its own resolve to loopback.
 * Without tokens, nothing else would keep such a page from reading the cache.
 */
final class HostNames {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private HostNames() {}

    /** Whether the {@code Host} field names loopback, or {@code bound}, the name or address that the server listens on. */
    static boolean isOwn(@Nullable String host, String bound) {
        if (host == null) {
            return false;
        }
        String named = host.trim();
        return LOOPBACK.matcher(named).matches()
                || PORT.matcher(named).replaceFirst("").equalsIgnoreCase(bound);
    }
}
