package io.cacheservice.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that can be given up and taken again.
 *
 * <p>They lie below the range from which the system takes ports for outgoing connections (and so do the same ports plus
 * 10,000, which a cluster node uses for its bus). A port that the system hands out for "bind 0" lies inside it: while the
 * server is down, any client, its own included, could be given that port as its local one, and the restart would fail.
 */
final class LoopbackPort {
    static final int MIN_PORT = 11_000;
    static final int MAX_PORT = 22_000;
    static final int CLUSTER_BUS_OFFSET = 10_000;
    private static final int TRIES = 100;

    private LoopbackPort() {}

    static InetAddress address() {
        try {
            return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("Four bytes are always an address", e);
        }
    }

    /** A port that was free a moment ago; another process may take it first, so its user must be ready to try again. */
    static int findFree() throws IOException {
        try (ServerSocket probe = listenOnAny()) {
            return probe.getLocalPort();
        }
    }

    /** As {@link #findFree}, for a port whose bus port, which no other server is given, is free too. */
    static int findFreeForClusterNode() throws IOException {
        BindException last = new BindException("no try yet");
        for (int i = 0; i < TRIES; i++) {
            try (ServerSocket probe = listenOnAny(MAX_PORT - CLUSTER_BUS_OFFSET);
                    ServerSocket bus = listen(probe.getLocalPort() + CLUSTER_BUS_OFFSET)) {
                return bus.getLocalPort() - CLUSTER_BUS_OFFSET;
            } catch (BindException taken) {
                last = taken;
            }
        }
        throw new IOException("No port found on 127.0.0.1 whose bus port is free too in " + TRIES + " tries", last);
    }

    /** Listens on a free port. */
    static ServerSocket listenOnAny() throws IOException {
        return listenOnAny(MIN_PORT);
    }

    private static ServerSocket listenOnAny(int minPort) throws IOException {
        BindException last = new BindException("no try yet");
        for (int i = 0; i < TRIES; i++) {
            try {
                return listen(ThreadLocalRandom.current().nextInt(minPort, MAX_PORT));
            } catch (BindException taken) {
                last = taken;
            }
        }
        throw new IOException(
                "No free port found on 127.0.0.1 between " + minPort + " and " + MAX_PORT + " in " + TRIES + " tries",
                last);
    }

    static ServerSocket listen(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            // Connections accepted before a listener was closed, open or in TIME_WAIT, must not bar the next one.
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(address(), port), 512);
            return listener;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }
}
