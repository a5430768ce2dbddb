package io.cacheservice.redis.internal.topology;

import org.jspecify.annotations.Nullable;

/**
 * Where one server is.
 *
 * @param host a name or an address; an IPv6 address has no brackets
 * @param port from 1 to 65535
 */
public record NodeAddress(String host, int port) {
    private static final int HIGHEST_PORT = 65_535;

    /** The address that {@code text} is, as {@code host:port} or {@code [address]:port}; null: it is none. */
    public static @Nullable NodeAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return null;
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = port(text.substring(colon + 1));
        return host.isEmpty() || port == 0 ? null : new NodeAddress(host, port);
    }

    /** The address; null: no server can be there. */
    static @Nullable NodeAddress of(String host, long port) {
        return host.isEmpty() || port < 1 || port > HIGHEST_PORT ? null : new NodeAddress(host, (int) port);
    }

    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int port = Integer.parseInt(digits);
        return port <= HIGHEST_PORT ? port : 0;
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
