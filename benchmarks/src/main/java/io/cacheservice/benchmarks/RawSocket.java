package io.cacheservice.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A socket to Redis and nothing around it: what it sends was encoded before, and of the answers it sees where they begin and how long
 * they are. What no client can do better. For one thread.
 */
final class RawSocket implements AutoCloseable {
    private static final int READ_BYTES = 1 << 16;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket = new Socket();
    private final byte[] read = new byte[READ_BYTES];

    RawSocket(String host, int port) {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException("no connection to " + host + ":" + port, e);
        }
    }

    /**
     * Requests that are sent together.
     *
     * @param encoded the bytes to send
     * @param answer the byte that the first answer begins with
     * @param answerBytes how long all answers are
     */
    record Requests(byte[] encoded, char answer, long answerBytes) {
        /** {@code GET} of each of {@code keys}, which hold {@code valueBytes}. */
        static Requests get(List<String> keys, int valueBytes) {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            keys.forEach(key -> command(encoded, bytes("GET"), bytes(key)));
            return new Requests(encoded.toByteArray(), '$', keys.size() * bulkBytes(valueBytes));
        }

        /** {@code SET} of each of {@code keys} for {@code life}. */
        static Requests set(List<String> keys, byte[] value, Duration life) {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            byte[] millis = bytes(Long.toString(life.toMillis()));
            keys.forEach(key -> command(encoded, bytes("SET"), bytes(key), value, bytes("PX"), millis));
            return new Requests(encoded.toByteArray(), '+', keys.size() * (long) "+OK\r\n".length());
        }

        /** One {@code MGET} for each of {@code batches}, of keys that hold {@code valueBytes}. */
        static Requests mget(List<List<String>> batches, int valueBytes) {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            long answerBytes = 0;
            for (List<String> keys : batches) {
                byte[][] words = new byte[keys.size() + 1][];
                words[0] = bytes("MGET");
                for (int i = 0; i < keys.size(); i++) {
                    words[i + 1] = bytes(keys.get(i));
                }
                command(encoded, words);
                answerBytes += ("*" + keys.size() + "\r\n").length() + keys.size() * bulkBytes(valueBytes);
            }
            return new Requests(encoded.toByteArray(), '*', answerBytes);
        }

        private static long bulkBytes(int valueBytes) {
            return ("$" + valueBytes + "\r\n\r\n").length() + valueBytes;
        }

        private static void command(ByteArrayOutputStream encoded, byte[]... words) {
            encoded.writeBytes(bytes("*" + words.length + "\r\n"));
            for (byte[] word : words) {
                encoded.writeBytes(bytes("$" + word.length + "\r\n"));
                encoded.writeBytes(word);
                encoded.writeBytes(bytes("\r\n"));
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Sends {@code requests} and returns when all answers are here.
     *
     * @throws IllegalStateException if the first answer is another one, or they are longer than they should be
     */
    void exchange(Requests requests) {
        try {
            socket.getOutputStream().write(requests.encoded());
            InputStream in = socket.getInputStream();
            long left = requests.answerBytes();
            boolean first = true;
            while (left > 0) {
                int count = in.read(read);
                if (count < 0) {
                    throw new IllegalStateException("the server has closed the connection");
                }
                if (first && read[0] != requests.answer()) {
                    throw new IllegalStateException("an answer should begin with " + requests.answer() + " but is "
                            + new String(read, 0, Math.min(count, 100), StandardCharsets.UTF_8));
                }
                first = false;
                left -= count;
            }
            if (left < 0) {
                throw new IllegalStateException("the answers are " + -left + " bytes longer than they should be");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an exchange with the server failed", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
