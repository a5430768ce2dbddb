package io.cacheservice.testkit;

import io.cacheservice.testkit.FaultGate.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
 * <p>{@link #cut} and {@link #reset} break the connections of this moment. Every other fault acts on all connections, also on
 * those made later, until it is undone. The two directions are independent. A {@link #hold} and a {@link #blackhole} of a
 * direction replace each other; {@link #latency}, {@link #jitter} and {@link #bandwidth} add up with them and with each
 * other. Bytes that reach the proxy after the call that sets a fault are subject to it; those that reached it before may
 * still be delivered. The bytes of a connection never overtake each other. What the proxy cannot imitate: the client's TCP
 * connect, and with TLS its handshake, are not delayed, and succeed during a hold or a black hole.
 *
 * <p>The proxy keeps at most 16 KB of each direction of a connection, 64 KB at a limited bandwidth, 1 MB with latency or
 * jitter alone; beyond that the sender is not read from. It uses daemon threads, up to four per connection. No connection
 * waits for another, except for its share of a limited bandwidth. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {
    private final int port;
    private final int serverPort;
    private final ClientSide clientSide;
    private final FaultGate gate = new FaultGate();
    private final Map<Direction, LinkShape> shapes = perDirection(LinkShape::new);
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<Direction, UnaryOperator<byte[]>> garblers = new ConcurrentHashMap<>();
    private volatile boolean certificateExpired;
    private final AtomicLong accepted = new AtomicLong();
    private final Map<Direction, AtomicLong> received = perDirection(AtomicLong::new);
    private final Map<Direction, AtomicLong> forwarded = perDirection(AtomicLong::new);
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

    /**
     * Ends the stream of all connections in one direction: its receiver reads an end, and whatever follows vanishes unseen
     * by the sender. The other direction goes on.
     */
    public void cut(Direction direction) {
        connections.forEach(connection -> connection.cut(direction));
    }

    /**
     * Closes all connections now with RST towards both sides, as a machine does that was started anew and knows nothing of
     * them: who reads or writes gets an error and not an end.
     */
    public void reset() {
        connections.forEach(ProxiedConnection::reset);
    }

    /**
     * Resets all connections for the receiver of one direction only. The other side is told nothing: what it sends vanishes,
     * and it gets nothing any more.
     */
    public void reset(Direction direction) {
        connections.forEach(connection -> connection.reset(direction));
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
     * Delays everything sent in one direction by the same time, the end of a connection included. Bytes are taken in while
     * earlier ones are on their way, so the delay is not multiplied by their number. Zero ends the delay.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public void latency(Direction direction, Duration time) {
        shape(direction).latency(notNegative(time));
    }

    /**
     * Delays each piece that is read in one direction by its own random time, evenly spread from zero to {@code max} and
     * added to the {@linkplain #latency latency}. The times follow from the seed; how bytes fall into pieces does not. The
     * bytes of a connection stay in order, so a piece may have to wait for the one before it. Zero ends the jitter.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public void jitter(Direction direction, Duration max, long seed) {
        shape(direction).jitter(notNegative(max), seed);
    }

    /**
     * Loses a share of the pieces that are read in one direction, as far as TCP lets anybody see it: such a piece arrives
     * {@code resendAfter} later, or a multiple of it where it is lost again, and all behind it on its connection wait for it.
     * Which are lost follows from the seed; how bytes fall into pieces does not. A share of zero ends the loss.
     *
     * @param share from 0 to less than 1
     * @throws IllegalArgumentException if the share or the time is out of range
     */
    public void loss(Direction direction, double share, Duration resendAfter, long seed) {
        if (share < 0 || share >= 1) {
            throw new IllegalArgumentException("The share is " + share + ": set 0 to less than 1");
        }
        shape(direction).loss(share, notNegative(resendAfter), seed);
    }

    /**
     * Lets no more than so many bytes through per second in one direction, all connections together. Bytes that were on
     * their way when this was set keep their time.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public void bandwidth(Direction direction, long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException(
                    "bytesPerSecond is " + bytesPerSecond + ": set at least 1, or end the limit with heal()");
        }
        shape(direction).bandwidth(bytesPerSecond, System.nanoTime());
    }

    /**
     * Delivers other bytes than those that were sent in one direction: what {@code change} makes of each piece that is read.
     * An empty piece is not delivered at all. How bytes fall into pieces is not known; a reply of a server that was asked for
     * little is mostly one.
     *
     * @param change called by many threads; must not change what it is given
     */
    public void garble(Direction direction, UnaryOperator<byte[]> change) {
        garblers.put(direction, Objects.requireNonNull(change, "change"));
    }

    /**
     * Presents a certificate of the same authority and names that has expired, on connections made from now on.
     *
     * @throws IllegalStateException if this proxy does not speak TLS
     */
    public void expireCertificate() {
        if (!clientSide.hasCertificate()) {
            throw new IllegalStateException("This proxy has no certificate: start it with FaultProxy.tls(..)");
        }
        certificateExpired = true;
    }

    /**
     * Ends every fault: black holes, holds, refusal, latency, jitter, loss, limits of bandwidth, garbling and an expired
     * certificate. A connection that lost something, in a black hole or in a cut or reset of one direction, or was given
     * other bytes, is closed on both sides, since no sound stream can follow a gap; the others go on, and what is on its way
     * arrives at its time.
     */
    public void heal() {
        gate.passAll();
        shapes.values().forEach(LinkShape::reset);
        garblers.clear();
        certificateExpired = false;
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

    LinkShape shape(Direction direction) {
        return Objects.requireNonNull(shapes.get(direction));
    }

    ClientSide clientSide() {
        return clientSide;
    }

    boolean isCertificateExpired() {
        return certificateExpired;
    }

    /** What is delivered instead of these bytes. */
    byte[] garbled(ProxiedConnection connection, Direction direction, byte[] bytes) {
        UnaryOperator<byte[]> change = garblers.get(direction);
        if (change == null) {
            return bytes;
        }
        byte[] changed = change.apply(bytes);
        if (!Arrays.equals(changed, bytes)) {
            gate.spoil(connection);
        }
        return changed;
    }

    /** Whether bytes are delivered as they were sent. */
    boolean isFaithful(Direction direction) {
        return !garblers.containsKey(direction);
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

    private static Duration notNegative(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("The time is " + time + ": set zero or more");
        }
        return time;
    }

    private boolean isClosed() {
        synchronized (connectionsLock) {
            return closed;
        }
    }

    private static <T> Map<Direction, T> perDirection(Supplier<T> each) {
        Map<Direction, T> all = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            all.put(direction, each.get());
        }
        return all;
    }

    private static AtomicLong counter(Map<Direction, AtomicLong> counters, Direction direction) {
        return Objects.requireNonNull(counters.get(direction));
    }
}
