package io.cacheservice.testkit;

import io.cacheservice.testkit.FaultGate.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on 127.0.0.1 in front of a server on this machine, which breaks connections when the test says so.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(redis.port())) {
 *     connectTo(proxy.url());
 *     proxy.blackhole(Direction.TO_CLIENT);   // commands arrive, replies vanish
 *     proxy.heal();
 * }
 * }</pre>
 *
 * <p>A fault acts on every connection, also on those made later, until it is undone. The two directions are independent,
 * and the last fault set for a direction replaces the one before. Bytes that reach the proxy after the call that sets a
 * fault are subject to it; those that reached it before may still be delivered. What the proxy cannot imitate: the client's
 * TCP connect, and with TLS its handshake, succeed during a hold or a black hole.
 *
 * <p>The proxy keeps at most 16 KB of each direction of a connection; beyond that the sender is not read from. It uses
 * daemon threads, two per connection. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {
    private final int port;
    private final int serverPort;
    private final ClientSide clientSide;
    private final FaultGate gate = new FaultGate();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final Map<Direction, AtomicLong> received = counters();
    private final Map<Direction, AtomicLong> forwarded = counters();
    private final Object listenerLock = new Object();
    private final Object connectionsLock = new Object();
    private ServerSocket listener;
    private Thread acceptor;
    private boolean closed;

    private FaultProxy(int serverPort, ClientSide clientSide) throws IOException {
        this.serverPort = serverPort;
        this.clientSide = clientSide;
        this.listener = LoopbackPort.listenOnAny();
        this.port = listener.getLocalPort();
        this.acceptor = acceptFrom(listener);
    }

    /** A proxy in front of a port of 127.0.0.1. */
    public static FaultProxy to(int serverPort) {
        return open(serverPort, ClientSide.plain());
    }

    /** A proxy that speaks TLS with clients and plain TCP with the server. */
    public static FaultProxy tls(int serverPort, TestCertificates certificates) {
        return open(serverPort, ClientSide.tls(certificates, false));
    }

    /** As {@link #tls}, and only clients with a certificate of the same authority are served. */
    public static FaultProxy mutualTls(int serverPort, TestCertificates certificates) {
        return open(serverPort, ClientSide.tls(certificates, true));
    }

    private static FaultProxy open(int serverPort, ClientSide clientSide) {
        try {
            return new FaultProxy(serverPort, clientSide);
        } catch (IOException e) {
            throw new UncheckedIOException("The fault proxy could not listen", e);
        }
    }

    /** The port that clients connect to; it stays the same for the proxy's life. */
    public int port() {
        return port;
    }

    /** {@code redis://127.0.0.1:port}, or {@code rediss://} with TLS. */
    public String url() {
        return clientSide.scheme() + "://127.0.0.1:" + port;
    }

    /**
     * Closes all connections now, towards both sides and whatever other faults are on. A connection that has carried no
     * byte yet may escape, since the system accepts it before the proxy sees it.
     */
    public void cut() {
        connections.forEach(ProxiedConnection::close);
    }

    /** Refuses new connections from now on, as a machine does on which no server runs; open ones stay. */
    public void refuse() {
        synchronized (listenerLock) {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The fault proxy could not stop listening", e);
            }
            // Until the thread that waits in accept() has left it, the system keeps the socket listening.
            Uninterruptibly.join(acceptor);
        }
    }

    /** Ends {@link #refuse()}, on the same port. */
    public void accept() {
        synchronized (listenerLock) {
            if (isClosed()) {
                throw new IllegalStateException("The fault proxy is closed");
            }
            if (!listener.isClosed()) {
                return;
            }
            try {
                listener = LoopbackPort.listen(port);
            } catch (IOException e) {
                throw new UncheckedIOException("The fault proxy could not listen again", e);
            }
            acceptor = acceptFrom(listener);
        }
    }

    /**
     * Makes everything sent in one direction vanish: bytes are read, so that the sender sees nothing unusual, and thrown
     * away; so is the news that the sender closed its connection. {@link #heal()} closes the connections that lost something.
     */
    public void blackhole(Direction direction) {
        gate.set(direction, Flow.SWALLOW);
    }

    /** Keeps back everything sent in one direction, the end of a connection included, until {@link #release()}. */
    public void hold(Direction direction) {
        gate.set(direction, Flow.HOLD);
    }

    /** Delivers what was held, in order, and ends every {@link #hold}. Nothing held is lost. */
    public void release() {
        gate.release();
    }

    /**
     * Ends every fault: black holes, holds and refusal. A connection that lost something in a black hole is closed on both
     * sides, since no sound stream can follow a gap; the others go on.
     */
    public void heal() {
        gate.passAll();
        connections.stream().filter(gate::hasLost).forEach(ProxiedConnection::close);
        accept();
    }

    /** How many connections were accepted so far. */
    public long acceptedConnections() {
        return accepted.get();
    }

    /** How many connections are open now, those with an end that was swallowed included. */
    public int openConnections() {
        return connections.size();
    }

    /** How many bytes were taken in from the sender so far, delivered or not; without the TLS framing. */
    public long receivedBytes(Direction direction) {
        return counter(received, direction).get();
    }

    /** How many bytes were let through to the receiver so far; without the TLS framing. */
    public long forwardedBytes(Direction direction) {
        return counter(forwarded, direction).get();
    }

    /** Closes the listening port and all connections. */
    @Override
    public void close() {
        synchronized (connectionsLock) {
            closed = true;
        }
        try {
            refuse();
        } finally {
            cut();
        }
    }

    FaultGate gate() {
        return gate;
    }

    ClientSide clientSide() {
        return clientSide;
    }

    int serverPort() {
        return serverPort;
    }

    void received(Direction direction, int bytes) {
        counter(received, direction).addAndGet(bytes);
    }

    void forwarded(Direction direction, int bytes) {
        counter(forwarded, direction).addAndGet(bytes);
    }

    void remove(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private Thread acceptFrom(ServerSocket from) {
        Thread thread = new Thread(() -> acceptUntilClosed(from), "fault-proxy-" + port + "-accept");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void acceptUntilClosed(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                serve(from.accept());
            } catch (IOException e) {
                if (!from.isClosed()) {
                    throw new UncheckedIOException("The fault proxy on port " + port + " cannot accept", e);
                }
            }
        }
    }

    private void serve(Socket client) throws IOException {
        accepted.incrementAndGet();
        ProxiedConnection connection = new ProxiedConnection(this, client);
        synchronized (connectionsLock) {
            if (closed) {
                client.close();
                return;
            }
            connections.add(connection);
        }
        connection.start();
    }

    private boolean isClosed() {
        synchronized (connectionsLock) {
            return closed;
        }
    }

    private static Map<Direction, AtomicLong> counters() {
        Map<Direction, AtomicLong> counters = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            counters.put(direction, new AtomicLong());
        }
        return counters;
    }

    private static AtomicLong counter(Map<Direction, AtomicLong> counters, Direction direction) {
        return Objects.requireNonNull(counters.get(direction));
    }
}
