package io.cacheservice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One life of a server: a process from its start until it has ended. */
final class RedisProcess {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(5);
    private static final int LOG_TAIL_LINES = 20;

    private final Process process;
    private final int port;
    private final Path log;
    private final String kitPassword;

    private RedisProcess(Process process, int port, Path log, String kitPassword) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.kitPassword = kitPassword;
    }

    /** Starts the server with a configuration file, keeps its log beside that, and waits until it answers. */
    static RedisProcess launch(Path configuration, int port, List<String> arguments, String kitPassword)
            throws IOException {
        Path log = configuration.resolveSibling("server.log");
        List<String> command = new ArrayList<>(RedisBinary.command());
        command.add(configuration.toString());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        RedisProcess started;
        try {
            started = new RedisProcess(OwnedResources.start(builder), port, log, kitPassword);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "No Redis server to start: " + command.get(0) + " cannot be run. Name a server program with the"
                            + " environment variable or system property " + RedisServer.SERVER_PROPERTY,
                    e);
        }
        try {
            started.awaitReady();
            return started;
        } catch (RuntimeException | IOException e) {
            started.kill();
            throw e;
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        process.destroyForcibly();
        if (!hasEnded(process, STOP_TIMEOUT)) {
            throw new IllegalStateException("Process " + process.pid() + " did not end within " + STOP_TIMEOUT);
        }
        OwnedResources.ended(process);
    }

    /** Asks the server to shut down, paused or not, and kills it if it does not. */
    void stop() {
        if (process.isAlive()) {
            signal("-CONT");
            process.destroy();
        }
        if (!hasEnded(process, STOP_TIMEOUT)) {
            kill();
        }
        OwnedResources.ended(process);
    }

    /** Sends a signal, such as {@code -STOP}. Does nothing if the process has ended. */
    void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            if (!hasEnded(kill, STOP_TIMEOUT)) {
                throw new IllegalStateException("kill did not end within " + STOP_TIMEOUT);
            }
            if (kill.exitValue() != 0 && process.isAlive()) {
                throw new IllegalStateException("kill " + signal + " " + process.pid() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The command kill could not be run", e);
        }
    }

    /** A connection with the rights of the kit. */
    RespConnection connect() throws IOException {
        RespConnection connection = RespConnection.open(port, REPLY_TIMEOUT);
        try {
            connection.call(RespConnection.encode("AUTH", RedisServer.KIT_USER, kitPassword));
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (hasEnded(process, Duration.ofMillis(5))) {
                String text = Files.readString(log);
                throw text.contains("Address already in use")
                        ? new PortTakenException(notStarted("its port " + port + " was taken"))
                        : new IllegalStateException(notStarted("exit code " + process.exitValue()));
            }
            if (isReady()) {
                return;
            }
        }
        throw new IllegalStateException(notStarted("no answer on port " + port + " within " + START_TIMEOUT));
    }

    /** Asks for the process id too: the server that answers on the port may be one that somebody else just started. */
    private boolean isReady() {
        try (RespConnection connection = connect()) {
            connection.call(RespConnection.encode("PING"));
            Object info = RespConnection.asText(connection.call(RespConnection.encode("INFO", "server")));
            return String.valueOf(info).contains("process_id:" + process.pid() + "\r\n");
        } catch (IOException | RedisErrorReply notYet) {
            return false;
        }
    }

    private String notStarted(String reason) throws IOException {
        List<String> lines = Files.readAllLines(log);
        List<String> tail = lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
        return "The Redis server did not start (" + reason + "). Its log ends with:\n" + String.join("\n", tail);
    }

    /** On an interrupted thread too: a test that was interrupted must not leave its servers behind. */
    private static boolean hasEnded(Process process, Duration timeout) {
        return Uninterruptibly.waitFor(process, timeout);
    }

    /** Somebody else took the port between its choice and the start. */
    static final class PortTakenException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private PortTakenException(String message) {
            super(message);
        }
    }
}
