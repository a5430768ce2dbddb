package io.cacheservice.redis.doctor;

import io.cacheservice.redis.internal.topology.NodeAddress;
import org.jspecify.annotations.Nullable;

/**
 * How far the way to a server went.
 *
 * @param address where it should be
 * @param tls whether TLS was spoken
 * @param password whether there was one to send
 * @param loopback whether the host is this machine
 * @param end where the way ended
 * @param detail what was said there; empty: nothing
 * @param resp3Refusal why it is spoken to in RESP2; null: it speaks RESP3, or was not reached
 */
record Arrival(
        NodeAddress address,
        boolean tls,
        boolean password,
        boolean loopback,
        End end,
        String detail,
        @Nullable String resp3Refusal) {
    /** Where a way can end. */
    enum End {
        CONNECTED,
        UNKNOWN_HOST,
        NO_TCP,
        /** The certificate is trusted and names another host. */
        CERTIFICATE_NAME,
        CERTIFICATE_AUTHORITY,
        TLS_FAILED,
        /** The server answered the introduction with an error. */
        REFUSED,
        /** The connection was closed, or nothing was said, before the introduction was answered. */
        NO_ANSWER
    }

    boolean isConnected() {
        return end == End.CONNECTED;
    }
}
