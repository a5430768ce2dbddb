package io.cacheservice.server.http;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** A sender that is never silent and never done. */
final class Drip {
    private static final long PAUSE_NANOS = 50_000_000;

    private Drip() {}

    /** Sends a byte now and then until the other side closes. */
    static void into(Socket socket) {
        try {
            for (int i = 0; i < 200; i++) {
                socket.getOutputStream().write('x');
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException closed) {
            // the end of it, as the test expects
            return;
        }
    }
}
