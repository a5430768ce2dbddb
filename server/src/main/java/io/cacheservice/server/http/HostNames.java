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

    private HostNames() {}

    /** Whether the {@code Host} field names loopback. */
    static boolean isLoopback(@Nullable String host) {
        return host != null && LOOPBACK.matcher(host.trim()).matches();
    }
}
