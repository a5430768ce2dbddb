package io.cacheservice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;

/**
 * One client's connection and the connection to the server made for it, with a thread for each direction.
 *
 * <p>News travels only in its own direction: that the server has gone reaches the client as an end of the stream
 * {@link Direction#TO_CLIENT}, which can be held or swallowed like any byte.
 */
final class ProxiedConnection {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** Guarded by the gate. */
    boolean closed;
    /** The directions in which something was swallowed; guarded by the gate. */
    final Set<Direction> lost = EnumSet.noneOf(Direction.class);

    private final FaultProxy proxy;
    private final Socket clientSocket;
    private final Socket serverSocket = new Socket();
    private final Set<Direction> ended = EnumSet.noneOf(Direction.class);

    ProxiedConnection(FaultProxy proxy, Socket clientSocket) {
        this.proxy = proxy;
        this.clientSocket = clientSocket;
    }

    void start() {
        startThread("connect", this::connectAndPump);
    }

    /** Closes both sides at once, whatever faults are on. */
    void close() {
        proxy.gate().close(this);
        try {
            try {
                clientSocket.close();
            } finally {
                serverSocket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A socket of the fault proxy could not be closed", e);
        } finally {
            proxy.remove(this);
        }
    }

    private void connectAndPump() {
        Socket client;
        try {
            clientSocket.setTcpNoDelay(true);
            serverSocket.setTcpNoDelay(true);
            client = proxy.clientSide().open(clientSocket);
            serverSocket.connect(
                    new InetSocketAddress(LoopbackPort.address(), proxy.serverPort()), CONNECT_TIMEOUT_MILLIS);
        } catch (IOException refusedHandshakeOrServer) {
            // All a client can be told by a proxy in front of a server that is away.
            close();
            return;
        }
        startThread("to-client", () -> pump(Direction.TO_CLIENT, serverSocket, client));
        pump(Direction.TO_SERVER, client, serverSocket);
    }

    private void pump(Direction direction, Socket from, Socket to) {
        try {
            copy(direction, from.getInputStream(), to.getOutputStream());
        } catch (IOException brokenOnEitherSide) {
            // A broken reader is the end of this stream. A broken writer is noticed by the other direction, which reads
            // it.
        }
        if (proxy.gate().admits(this, direction)) {
            end(direction, to);
        }
    }

    private void copy(Direction direction, InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            proxy.received(direction, n);
            if (proxy.gate().admits(this, direction)) {
                // Counted first, so that whoever has got the bytes finds them counted.
                proxy.forwarded(direction, n);
                out.write(buffer, 0, n);
                out.flush();
            }
        }
    }

    private void end(Direction direction, Socket to) {
        boolean bothEnded;
        synchronized (ended) {
            ended.add(direction);
            bothEnded = ended.size() == Direction.values().length;
        }
        if (bothEnded) {
            close();
            return;
        }
        try {
            to.shutdownOutput();
            if (direction == Direction.TO_CLIENT && !clientSocket.isOutputShutdown()) {
                // A TLS close_notify alone is not the end of the connection for every client.
                clientSocket.shutdownOutput();
            }
        } catch (IOException alreadyBroken) {
            close();
        }
    }

    private void startThread(String name, Runnable work) {
        Thread thread = new Thread(work, "fault-proxy-" + proxy.port() + "-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
