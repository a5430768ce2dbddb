package io.cacheservice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One RESP2 connection that sends a command and waits for its reply: a client as plain as can be, for tests that need a
 * foreign one. It follows no redirection, and never connects again.
 *
 * <p>Replies are {@link String} (status), {@link Long}, {@code byte[]} (bulk), {@link List} of the same, or null. After an
 * {@link IOException} it is not known whether a command was carried out, and the connection is of no more use. For one thread
 * at a time.
 */
public final class RespConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** Takes over a connected socket. */
    RespConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    /** Connects to a port of this machine; {@code timeout} bounds the connect and each wait for a reply. */
    public static RespConnection open(int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            int timeoutMillis = Math.toIntExact(timeout.toMillis());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMillis);
            socket.connect(new InetSocketAddress(LoopbackPort.address(), port), timeoutMillis);
            return new RespConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The words of a command, as UTF-8. */
    public static byte[][] encode(String... words) {
        return Arrays.stream(words).map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    /** Sends one command and returns its reply; an error reply is thrown as {@link RedisErrorReply}. */
    @Nullable
    public Object call(byte[]... words) throws IOException {
        send(words);
        return receive();
    }

    /** The reply with every bulk string in it read as UTF-8. */
    public static @Nullable Object asText(@Nullable Object reply) {
        if (reply instanceof byte[] bulk) {
            return new String(bulk, UTF_8);
        }
        if (reply instanceof List<?> elements) {
            List<@Nullable Object> texts = new ArrayList<>();
            elements.forEach(element -> texts.add(asText(element)));
            return texts;
        }
        return reply;
    }

    void send(byte[]... words) throws IOException {
        out.write(("*" + words.length + "\r\n").getBytes(UTF_8));
        for (byte[] word : words) {
            out.write(("$" + word.length + "\r\n").getBytes(UTF_8));
            out.write(word);
            out.write('\r');
            out.write('\n');
        }
        out.flush();
    }

    @Nullable
    Object receive() throws IOException {
        Object reply = read();
        if (reply instanceof RedisErrorReply error) {
            throw error;
        }
        return reply;
    }

    private @Nullable Object read() throws IOException {
        String line = readLine();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> new RedisErrorReply(rest);
            case ':' -> Long.valueOf(rest);
            case '$' -> readBulk(Integer.parseInt(rest));
            case '*' -> readArray(Integer.parseInt(rest));
            default -> throw new ProtocolException("Not a RESP2 reply: " + line);
        };
    }

    private byte @Nullable [] readBulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bulk = in.readNBytes(length);
        if (bulk.length < length || in.readNBytes(2).length < 2) {
            throw closedByPeer();
        }
        return bulk;
    }

    /** An error inside an array, as EXEC gives it, is an element and not an exception. */
    private @Nullable List<@Nullable Object> readArray(int size) throws IOException {
        if (size < 0) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(read());
        }
        return elements;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw closedByPeer();
            }
            line.append((char) c);
        }
        if (in.read() != '\n' || line.length() == 0) {
            throw new ProtocolException("Not a RESP2 reply: " + line);
        }
        return line.toString();
    }

    private static EOFException closedByPeer() {
        return new EOFException("The server closed the connection");
    }

    /** Closes the connection; what the server has received already it may still carry out. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
