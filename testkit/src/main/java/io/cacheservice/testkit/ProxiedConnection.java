package io.cacheservice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.EnumSet;
import java.util.Set;

/**
 * One client's connection and the connection to the server made for it, with a way for each direction.
 *
 * <p>News travels only in its own direction: that the server has gone reaches the client as an end of the stream
 * {@link Direction#TO_CLIENT}, which can be held or swallowed like any byte.
 */
final class ProxiedConnection {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** Guarded by the gate. */
    boolean closed;
    /** Guarded by the gate. */
    boolean spoilt;
    /** The directions in which something was swallowed; guarded by the gate. */
    final Set<Direction> lost = EnumSet.noneOf(Direction.class);

    private final FaultProxy proxy;
    private final Socket clientSocket;
    private final Socket serverSocket = new Socket();
    private final OneWay toServer;
    private final OneWay toClient;
    private final Set<Direction> ended = EnumSet.noneOf(Direction.class);

    ProxiedConnection(FaultProxy proxy, Socket clientSocket) {
        this.proxy = proxy;
        this.clientSocket = clientSocket;
        this.toServer = new OneWay(proxy, this, Direction.TO_SERVER);
        this.toClient = new OneWay(proxy, this, Direction.TO_CLIENT);
    }

    void start() {
        startThread("connect", this::connectAndPump);
    }

    /** Closes both sides at once, whatever faults are on. */
    void close() {
        proxy.gate().close(this);
        toServer.abandon();
        toClient.abandon();
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

    /** Ends the stream in one direction for its receiver; the sender is not told. */
    void cut(Direction direction) {
        (direction == Direction.TO_SERVER ? toServer : toClient).cut();
    }

    /** Closes both sides at once as a machine does that knows nothing of the connection: with RST. */
    void reset() {
        closeWithReset(clientSocket);
        closeWithReset(serverSocket);
        close();
    }

    /** As {@link #reset()} for the receiver of one direction; the other side is told nothing and gets nothing any more. */
    void reset(Direction direction) {
        proxy.gate().lose(this, Direction.TO_SERVER);
        proxy.gate().lose(this, Direction.TO_CLIENT);
        closeWithReset(direction == Direction.TO_SERVER ? serverSocket : clientSocket);
    }

    private static void closeWithReset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (SocketException closedAlready) {
            // It can be closed only once, by whoever came first.
        } catch (IOException e) {
            throw new UncheckedIOException("A socket of the fault proxy could not be reset", e);
        }
    }

    private void connectAndPump() {
        Socket client;
        try {
            clientSocket.setTcpNoDelay(true);
            serverSocket.setTcpNoDelay(true);
            client = proxy.clientSide().open(clientSocket, proxy.isCertificateExpired());
            serverSocket.connect(
                    new InetSocketAddress(LoopbackPort.address(), proxy.serverPort()), CONNECT_TIMEOUT_MILLIS);
        } catch (IOException refusedHandshakeOrServer) {
            // All a client can be told by a proxy in front of a server that is away.
            close();
            return;
        }
        startThread("to-client", () -> toClient.carry(serverSocket, client));
        toServer.carry(client, serverSocket);
    }

    /** Tells a receiver that nothing follows. */
    void end(Direction direction, Socket to) {
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

    void startThread(String name, Runnable work) {
        Thread thread = new Thread(work, "fault-proxy-" + proxy.port() + "-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
