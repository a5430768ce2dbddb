package io.cacheservice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A redis-server on a free port of loopback that keeps nothing on disk. */
final class RedisProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private RedisProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RedisProcess start() {
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory("benchmark-redis");
            Process process = new ProcessBuilder(
                            "redis-server",
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no",
                            "--dir",
                            folder.toString())
                    .redirectOutput(folder.resolve("log").toFile())
                    .redirectErrorStream(true)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            RedisProcess server = new RedisProcess(process, port);
            server.awaitAnswer();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException("redis-server did not start: is it installed and on the path?", failed);
        }
    }

    String host() {
        return "127.0.0.1";
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    String version() {
        try {
            String info = ask("INFO server\r\n", "redis_version:[^\r]*\r");
            return info.replaceAll("(?s).*redis_version:([^\r]*).*", "$1");
        } catch (IOException failed) {
            throw new UncheckedIOException("redis-server does not answer INFO", failed);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswer() throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                ask("PING\r\n", "PONG");
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(10)) {
                    throw notYet;
                }
            }
        }
    }

    private String ask(String command, String until) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            byte[] chunk = new byte[4096];
            while (!answer.toString().matches("(?s).*" + until + ".*")) {
                int count = socket.getInputStream().read(chunk);
                if (count < 0) {
                    throw new IOException("connection closed after " + answer);
                }
                answer.append(new String(chunk, 0, count, StandardCharsets.US_ASCII));
            }
            return answer.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
