package io.cacheservice.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * A socket to Redis and nothing around it: what it sends was encoded before, and of the answers it sees where they begin and how long
 * they are. What no client can do better. For one thread.
 */
final class RawSocket implements AutoCloseable {
    private static final int READ_BYTES = 1 << 16;

    private final SocketChannel channel;
    private final ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);

    RawSocket(String host, int port) {
        try {
            channel = SocketChannel.open(new InetSocketAddress(host, port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            throw new UncheckedIOException("no connection to " + host + ":" + port, e);
        }
    }

    /** Requests that are sent together, and what is known of their answers. */
    static final class Requests {
        private final ByteBuffer encoded;
        private final char answer;
        private final long answerBytes;

        /**
         * @param encoded the bytes to send
         * @param answer what the first answer begins with
         * @param answerBytes how long all answers are
         */
        private Requests(byte[] encoded, char answer, long answerBytes) {
            this.encoded =
                    ByteBuffer.allocateDirect(encoded.length).put(encoded).flip();
            this.answer = answer;
            this.answerBytes = answerBytes;
        }

        /** {@code GET} of each of {@code keys}, which hold {@code valueBytes}. */
        static Requests get(List<String> keys, int valueBytes) {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            keys.forEach(key -> command(encoded, bytes("GET"), bytes(key)));
            return new Requests(encoded.toByteArray(), '$', keys.size() * bulkBytes(valueBytes));
        }

        /** {@code SET} of each of {@code keys} for {@code life}. */
        static Requests set(List<String> keys, RandomValues values, Duration life) {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            byte[] millis = bytes(Long.toString(life.toMillis()));
            keys.forEach(key -> command(encoded, bytes("SET"), bytes(key), values.of(key), bytes("PX"), millis));
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
            return (long) valueBytes + ("$" + valueBytes + "\r\n\r\n").length();
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
            return text.getBytes(UTF_8);
        }
    }

    /**
     * Sends {@code requests} and returns when all answers are here.
     *
     * @throws IllegalStateException if the first answer is another one, or they are longer than they should be
     */
    void exchange(Requests requests) {
        try {
            ByteBuffer encoded = requests.encoded.duplicate();
            while (encoded.hasRemaining()) {
                channel.write(encoded);
            }
            receive(requests);
        } catch (IOException e) {
            throw new UncheckedIOException("an exchange with the server failed", e);
        }
    }

    private void receive(Requests requests) throws IOException {
        long left = requests.answerBytes;
        boolean first = true;
        while (left > 0) {
            read.clear();
            int count = channel.read(read);
            if (count < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (first && read.get(0) != requests.answer) {
                throw new IllegalStateException(
                        "an answer should begin with " + requests.answer + " but is " + UTF_8.decode(read.flip()));
            }
            first = false;
            left -= count;
        }
        if (left < 0) {
            throw new IllegalStateException("the answers are " + -left + " bytes longer than they should be");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
