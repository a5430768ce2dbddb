package io.cacheservice.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The Redis of the demo: on a free port of loopback, behind a password, without a file of data. For one thread. */
final class DemoRedis implements AutoCloseable {
    private static final String CONTROL_USER = "control";
    private static final int PORT_TRIES = 3;
    private static final long START_MILLIS = 10_000;
    private static final int PATIENCE_MILLIS = 1_000;

    private final RedisProgram program;
    private final Path folder;
    private final String password = UUID.randomUUID().toString();
    private final String controlPassword = UUID.randomUUID().toString();
    private int port;
    private Process guard;
    private @Nullable Socket control;

    /** @param folder for its settings and log */
    DemoRedis(RedisProgram program, Path folder) throws IOException, InterruptedException {
        this.program = program;
        this.folder = folder;
        for (int i = 1; ; i++) {
            port = freePort();
            guard = launch();
            try {
                awaitReady();
                return;
            } catch (DemoFailure e) {
                close();
                if (i == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    int port() {
        return port;
    }

    /** Where it is, with its password, for those who reach it through {@code port}. */
    String url(int port) {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /** The password of everybody. */
    String password() {
        return password;
    }

    String name() {
        return program.name() + ", " + program.origin();
    }

    /** Ends it at once, as a crash does. */
    void kill() throws IOException {
        hangUp();
        guard.getOutputStream().close();
        guard.onExit().join();
    }

    /**
     * Gives it a command whose answer is one line, as a user of its own, whatever the password of the others is.
     *
     * @throws DemoFailure when it refuses
     */
    void command(String... words) throws IOException {
        if (control == null) {
            control = connect();
            requireDone(control, "AUTH", CONTROL_USER, controlPassword);
        }
        requireDone(control, words);
    }

    /** Stops it where it stands, until {@link #resume}. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** Starts it again on the same port, with nothing in it. */
    void restart() throws IOException, InterruptedException {
        guard = launch();
        awaitReady();
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private Process launch() throws IOException {
        Path configuration = folder.resolve("redis.conf");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "bind 127.0.0.1",
                        "port " + port,
                        "requirepass " + password,
                        "user " + CONTROL_USER + " on >" + controlPassword + " ~* &* +@all",
                        "pidfile \"" + pidFile() + "\"",
                        "save \"\"",
                        "appendonly no",
                        "maxmemory 128mb",
                        "maxmemory-policy allkeys-lfu",
                        "dir \"" + folder + "\"",
                        ""));
        File log = folder.resolve("redis.log").toFile();
        return new ProcessBuilder(Shell.guarding(List.of(program.file().toString(), configuration.toString())))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (!answers()) {
            if (System.nanoTime() - deadline > 0 || !guard.isAlive()) {
                throw new DemoFailure(
                        program.name() + " did not start on port " + port + " of 127.0.0.1 within " + START_MILLIS
                                + " ms; --redis-server names another",
                        null);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Whether our own server answers: nobody else knows the password. */
    private boolean answers() {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(UTF_8));
            String expected = "+OK\r\n+PONG\r\n";
            return new String(socket.getInputStream().readNBytes(expected.length()), UTF_8).equals(expected);
        } catch (IOException notYet) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void requireDone(Socket socket, String... words) throws IOException {
        socket.getOutputStream().write((String.join(" ", words) + "\r\n").getBytes(UTF_8));
        StringBuilder answer = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next != '\n';
                next = socket.getInputStream().read()) {
            if (next < 0) {
                throw new IOException("Redis ended the connection and did not answer " + words[0]);
            }
            answer.append((char) next);
        }
        if (answer.charAt(0) == '-') {
            throw new DemoFailure(
                    "Redis refused " + words[0] + ": " + answer.substring(1).trim(), null);
        }
    }

    private void hangUp() throws IOException {
        if (control != null) {
            control.close();
            control = null;
        }
    }

    private Path pidFile() {
        return folder.resolve("redis.pid");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        String pid = Files.readString(pidFile()).trim();
        if (new ProcessBuilder("kill", signal, pid).start().waitFor() != 0) {
            throw new DemoFailure("kill " + signal + " " + pid + " failed: Redis cannot be stopped here", null);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
