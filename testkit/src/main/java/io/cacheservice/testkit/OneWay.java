package io.cacheservice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a proxied connection.
 *
 * <p>One thread reads, and writes at once as long as nothing has to wait. From the first bytes that have to, a second one
 * writes, each piece at its time, so that later bytes are taken in while earlier ones are on their way. Bytes never overtake
 * each other: the reader writes itself only when nothing is on its way.
 */
final class OneWay {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final byte[] END = {};

    private final FaultProxy proxy;
    private final ProxiedConnection connection;
    private final Direction direction;
    private final Deque<Piece> line = new ArrayDeque<>();
    private int lineBytes;
    private long lastArrivalNanos;
    private boolean writing;
    private boolean broken;
    private @Nullable Socket receiver;

    OneWay(FaultProxy proxy, ProxiedConnection connection, Direction direction) {
        this.proxy = proxy;
        this.connection = connection;
        this.direction = direction;
    }

    /** Carries everything from one socket to the other until either is closed. */
    void carry(Socket from, Socket to) {
        synchronized (this) {
            receiver = to;
        }
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                proxy.received(direction, n);
                carry(buffer, n, to);
            }
        } catch (IOException brokenOnEitherSide) {
            // A broken reader is the end of this stream. A broken writer is noticed by the other direction, which reads
            // it.
        }
        carryEnd(to);
    }

    /** Ends the stream for the receiver now, and lets nothing follow. */
    void cut() {
        Socket to;
        synchronized (this) {
            to = receiver;
        }
        if (to != null) {
            proxy.gate().lose(connection, direction);
            connection.end(direction, to);
        }
    }

    /** Stops waiting for anything; the connection is closed. */
    synchronized void abandon() {
        broken = true;
        notifyAll();
    }

    private void carry(byte[] buffer, int length, Socket to) throws IOException {
        LinkShape shape = proxy.shape(direction);
        if (shape.isPlain() && isLineEmpty()) {
            deliver(buffer, length, to);
            return;
        }
        for (int offset = 0; offset < length; ) {
            int bytes = shape.pieceBytes(length - offset);
            add(Arrays.copyOfRange(buffer, offset, offset + bytes), shape, to);
            offset += bytes;
        }
    }

    private void carryEnd(Socket to) {
        LinkShape shape = proxy.shape(direction);
        if (shape.isPlain() && isLineEmpty()) {
            deliverEnd(to);
            return;
        }
        try {
            add(END, shape, to);
        } catch (IOException brokenMeanwhile) {
            deliverEnd(to);
        }
    }

    private synchronized boolean isLineEmpty() {
        return line.isEmpty();
    }

    private synchronized void add(byte[] bytes, LinkShape shape, Socket to) throws IOException {
        while (lineBytes + bytes.length > shape.lineBytes() && !line.isEmpty() && !broken) {
            waitNanos(Long.MAX_VALUE);
        }
        if (broken) {
            throw new IOException("The receiver is gone");
        }
        long arrivalNanos = shape.arrivalNanos(System.nanoTime(), bytes.length);
        if (!line.isEmpty() && arrivalNanos - lastArrivalNanos < 0) {
            arrivalNanos = lastArrivalNanos;
        }
        lastArrivalNanos = arrivalNanos;
        line.add(new Piece(bytes, arrivalNanos));
        lineBytes += bytes.length;
        notifyAll();
        if (!writing) {
            writing = true;
            connection.startThread("delayed", () -> writeUntilEnd(to));
        }
    }

    private void writeUntilEnd(Socket to) {
        for (Piece piece = awaitNext(); piece != null; piece = awaitNext()) {
            if (piece.isEnd()) {
                deliverEnd(to);
                return;
            }
            try {
                deliver(piece.bytes, piece.bytes.length, to);
            } catch (IOException noticedByTheOtherDirection) {
                abandon();
            }
            remove(piece);
        }
    }

    /** The first piece in the line, once its time has come; null once nothing can arrive any more. */
    private synchronized @Nullable Piece awaitNext() {
        while (!broken) {
            Piece first = line.peek();
            long waitNanos = first == null ? Long.MAX_VALUE : first.arrivalNanos - System.nanoTime();
            if (waitNanos <= 0) {
                return first;
            }
            waitNanos(waitNanos);
        }
        return null;
    }

    private synchronized void remove(Piece piece) {
        line.remove();
        lineBytes -= piece.bytes.length;
        notifyAll();
    }

    private synchronized void waitNanos(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broken = true;
        }
    }

    private void deliver(byte[] bytes, int length, Socket to) throws IOException {
        if (!proxy.isFaithful(direction)) {
            byte[] changed = proxy.garbled(connection, direction, Arrays.copyOf(bytes, length));
            deliverFaithfully(changed, changed.length, to);
        } else {
            deliverFaithfully(bytes, length, to);
        }
    }

    private void deliverFaithfully(byte[] bytes, int length, Socket to) throws IOException {
        if (length > 0 && proxy.gate().admits(connection, direction)) {
            // Counted first, so that whoever has got the bytes finds them counted.
            proxy.forwarded(direction, length);
            OutputStream out = to.getOutputStream();
            out.write(bytes, 0, length);
            out.flush();
        }
    }

    private void deliverEnd(Socket to) {
        if (proxy.gate().admits(connection, direction)) {
            connection.end(direction, to);
        }
    }

    /** Bytes that are on their way; none for the end of the stream. */
    private static final class Piece {
        final byte[] bytes;
        final long arrivalNanos;

        Piece(byte[] bytes, long arrivalNanos) {
            this.bytes = bytes;
            this.arrivalNanos = arrivalNanos;
        }

        boolean isEnd() {
            return bytes.length == 0;
        }
    }
}
