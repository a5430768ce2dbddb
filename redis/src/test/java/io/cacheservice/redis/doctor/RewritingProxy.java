package io.cacheservice.redis.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A proxy in front of a real server that replaces words by words of the same length, in one direction each: a server that
 * is like the real one but for what it calls things.
 */
final class RewritingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private final Map<String, String> toServer = new LinkedHashMap<>();
    private final Map<String, String> toClient = new LinkedHashMap<>();

    private RewritingProxy(String host, int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName(host));
    }

    static RewritingProxy to(int serverPort) {
        return at("127.0.0.1", serverPort);
    }

    /** Listens at another address of this machine. */
    static RewritingProxy at(String host, int serverPort) {
        try {
            RewritingProxy proxy = new RewritingProxy(host, serverPort);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Set before anybody connects. */
    RewritingProxy inCommands(String from, String to) {
        return put(toServer, from, to);
    }

    /** Set before anybody connects. */
    RewritingProxy inReplies(String from, String to) {
        return put(toClient, from, to);
    }

    private RewritingProxy put(Map<String, String> words, String from, String to) {
        if (from.length() != to.length()) {
            throw new IllegalArgumentException("not of one length: " + from + ", " + to);
        }
        words.put(from, to);
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    String url() {
        return "redis://127.0.0.1:" + port();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                daemon(() -> copy(client, server, toServer));
                daemon(() -> copy(server, client, toClient));
            }
        } catch (SocketException closed) {
            // the end of the test
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Socket from, Socket to, Map<String, String> words) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            StringBuilder held = new StringBuilder();
            byte[] buffer = new byte[16 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                held.append(new String(buffer, 0, read, ISO_8859_1));
                String text = held.toString();
                for (Map.Entry<String, String> word : words.entrySet()) {
                    text = text.replace(word.getKey(), word.getValue());
                }
                // a word may have come in part: no message ends with the beginning of one
                int sound = text.length() - begun(text, words);
                out.write(text.substring(0, sound).getBytes(ISO_8859_1));
                out.flush();
                held = new StringBuilder(text.substring(sound));
            }
        } catch (SocketException closed) {
            // one side has closed, and so does the other
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int begun(String text, Map<String, String> words) {
        int longest = 0;
        for (String word : words.keySet()) {
            for (int length = 1; length < word.length(); length++) {
                if (text.endsWith(word.substring(0, length))) {
                    longest = Math.max(longest, length);
                }
            }
        }
        return longest;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "rewriting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
