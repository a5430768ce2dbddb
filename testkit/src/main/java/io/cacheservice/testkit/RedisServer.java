package io.cacheservice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis or Valkey server on a free port of 127.0.0.1, for one test or one test class.
 *
 * <pre>{@code
 * try (RedisServer redis = RedisServer.start()) {
 *     redis.command("SET", "k", "v");
 *     redis.kill();
 *     redis.restart();
 * }
 * }</pre>
 *
 * <p>It is stopped by {@link #close()}, or when the JVM exits, always by its own process id. Its files are in a fresh
 * temporary folder, deleted with it. Nothing is saved to disk unless {@link Builder#persistent()} asks for it.
 *
 * <p>The program is the one that the system property or environment variable {@value #SERVER_PROPERTY} names (a path, or
 * a command line such as {@code ld-linux-x86-64.so.2 --argv0 valkey-server --library-path DIR valkey-check-rdb}), else the
 * Redis inside the artifact {@code org.signal:embedded-redis}, else {@code redis-server} on the PATH. It must understand
 * access control lists (Redis 6 and later, every Valkey).
 *
 * <p>The kit talks to the server as a user of its own, {@value #KIT_USER}, who may do everything; so {@link #command} works
 * whatever passwords and users the test sets up. Safe for use by many threads.
 */
public final class RedisServer implements AutoCloseable {
    /** The system property, and the environment variable, that names another server program. */
    public static final String SERVER_PROPERTY = "CACHE_TEST_REDIS_SERVER";

    static final String KIT_USER = "testkit";

    private static final int PORT_TRIES = 20;

    private final Builder options;
    private final Path folder;
    private final String kitPassword;
    private final List<String> settings;
    private final Object commandLock = new Object();
    private int port;
    private volatile RedisProcess process;
    private volatile boolean paused;
    private @Nullable CommandLink commandLink;

    private RedisServer(Builder options) throws IOException {
        this.options = options;
        this.kitPassword = requireNonNullElseGet(
                options.kitPassword, () -> UUID.randomUUID().toString());
        this.settings = new ArrayList<>(options.settings);
        this.folder = OwnedResources.newFolder("cache-testkit-redis-");
        try {
            Files.createDirectory(dataFolder());
            this.process = startOnFreePort();
        } catch (IOException | RuntimeException e) {
            OwnedResources.delete(folder);
            throw e;
        }
    }

    /**
     * Starts a server with nothing in it and no password.
     *
     * @throws IllegalStateException if it does not start; the message ends with the server's own log
     */
    public static RedisServer start() {
        return builder().start();
    }

    /** Options for a server to start. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port it listens on; the same after every restart. */
    public int port() {
        return port;
    }

    /** {@code redis://127.0.0.1:port}, without user or password. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** The id of the server's process; of the last one, if it is not running now. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process exists; a paused one does. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Whether it can be asked something: it runs and the test has not paused it. */
    boolean isAwake() {
        return isRunning() && !paused;
    }

    /** {@code redis} or {@code valkey}. */
    public String engine() {
        return info().containsKey("valkey_version") ? "valkey" : "redis";
    }

    /** The engine's own version, such as {@code 7.0.15}; a Valkey's is not the Redis version it claims to be like. */
    public String version() {
        Map<String, String> info = info();
        return info.getOrDefault("valkey_version", info.getOrDefault("redis_version", "unknown"));
    }

    /**
     * The fields of INFO, by name. Asked again over a new connection where the old one was closed: that is what a server does
     * which Sentinels demote.
     */
    public Map<String, String> info() {
        String text = (String) requireNonNullElse(askedTwice("INFO"), "");
        Map<String, String> fields = new LinkedHashMap<>();
        text.lines().filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1));
        });
        return fields;
    }

    private @Nullable Object askedTwice(String question) {
        try {
            return command(question);
        } catch (UncheckedIOException closed) {
            return command(question);
        }
    }

    /**
     * Sends a command and waits up to five seconds for its reply. All commands share one connection, which is made when
     * it is first needed and again after a restart; CLIENT LIST shows it under the user {@value #KIT_USER}.
     *
     * @return {@link String} for a status or a bulk string (as UTF-8), {@link Long}, {@link List} of the same, or null
     * @throws RedisErrorReply if the server answers with an error
     * @throws UncheckedIOException if it does not answer; whether the command was carried out is not known
     * @throws IllegalStateException if it is not running
     */
    public @Nullable Object command(String... words) {
        return RespConnection.asText(commandBytes(RespConnection.encode(words)));
    }

    /** As {@link #command(String...)} for any bytes; a bulk string is returned as {@code byte[]}. */
    public @Nullable Object commandBytes(byte[]... words) {
        synchronized (commandLock) {
            RedisProcess now = process;
            if (!now.isAlive()) {
                throw new NotRunningException(port);
            }
            try {
                return commandConnection(now).call(words);
            } catch (IOException e) {
                closeCommandLink();
                String name = words.length == 0 ? "an empty command" : new String(words[0], UTF_8);
                throw new UncheckedIOException("The server on port " + port + " did not answer " + name, e);
            }
        }
    }

    /** Ends the process at once, as a crash does ({@code kill -9}). Does nothing if it is not running. */
    public synchronized void kill() {
        process.kill();
    }

    /** Asks the server to shut down, and kills it if it does not. Does nothing if it is not running. */
    public synchronized void stop() {
        process.stop();
    }

    /**
     * Stops the server if it is running and starts it again on the same port, with a new process id. Data is there again
     * if the server is {@linkplain Builder#persistent() persistent}; what CONFIG SET or ACL SETUSER changed is not.
     *
     * @throws IllegalStateException if it does not start
     */
    public synchronized void restart() {
        stop();
        try {
            if (!options.rewritesConfiguration) {
                Files.writeString(configurationFile(), configuration());
            }
            process = launch();
            paused = false;
        } catch (IOException e) {
            throw new UncheckedIOException("The server on port " + port + " could not be started again", e);
        }
    }

    /** As {@link #restart()}, with every file of the stopped server deleted first. */
    public synchronized void restartEmpty() {
        stop();
        try {
            OwnedResources.deleteTree(dataFolder());
            Files.createDirectory(dataFolder());
        } catch (IOException e) {
            throw new UncheckedIOException("The data of the server on port " + port + " could not be deleted", e);
        }
        restart();
    }

    /** Stops the process where it stands (SIGSTOP): its connections stay open and nothing is answered. */
    public synchronized void pause() {
        paused = true;
        process.signal("-STOP");
    }

    /** Lets a paused process go on (SIGCONT). Does nothing if it is not paused. */
    public synchronized void resume() {
        process.signal("-CONT");
        paused = false;
    }

    /** Stops the server and deletes its files. */
    @Override
    public void close() {
        stop();
        synchronized (commandLock) {
            closeCommandLink();
        }
        try {
            OwnedResources.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The files of the server on port " + port + " could not be deleted", e);
        }
    }

    /** Changes a setting of the running server, and of its later lives. */
    synchronized void configure(String setting, String value) {
        command("CONFIG", "SET", setting, value);
        settings.add(setting + " " + quoted(value));
    }

    @Override
    public String toString() {
        return "RedisServer[port=" + port + ", pid=" + process.pid() + "]";
    }

    private RedisProcess startOnFreePort() throws IOException {
        RedisProcess.PortTakenException last = null;
        for (int i = 0; i < PORT_TRIES; i++) {
            port = options.kind == Kind.CLUSTER_NODE ? LoopbackPort.findFreeForClusterNode() : LoopbackPort.findFree();
            try {
                Files.writeString(configurationFile(), configuration());
                return launch();
            } catch (RedisProcess.PortTakenException lostToAnotherProcess) {
                last = lostToAnotherProcess;
            }
        }
        throw new IllegalStateException("No port could be kept in " + PORT_TRIES + " tries", last);
    }

    private RedisProcess launch() throws IOException {
        List<String> arguments = new ArrayList<>(options.arguments);
        if (options.kind == Kind.SENTINEL) {
            arguments.add(0, "--sentinel");
        }
        RedisProcess launched = RedisProcess.launch(configurationFile(), port, arguments, kitPassword);
        try (RespConnection connection = launched.connect()) {
            for (String[] command : options.afterLaunch) {
                connection.call(RespConnection.encode(command));
            }
        } catch (IOException | RuntimeException e) {
            launched.kill();
            throw e;
        }
        return launched;
    }

    private String configuration() {
        List<String> lines = new ArrayList<>();
        lines.add("bind 127.0.0.1");
        lines.add("port " + port);
        lines.add("dir " + quoted(dataFolder().toString()));
        if (options.kind != Kind.SENTINEL) {
            lines.add("save \"\"");
            lines.add("appendonly " + (options.persistent ? "yes" : "no"));
            // With every write on disk before it is answered, an acknowledged write survives kill().
            lines.add("appendfsync " + (options.persistent ? "always" : "no"));
        }
        if (options.password != null) {
            lines.add("requirepass " + quoted(options.password));
        }
        lines.add("user " + KIT_USER + " on >" + kitPassword + " ~* &* +@all");
        options.users.forEach(user -> lines.add("user " + user));
        if (options.kind == Kind.CLUSTER_NODE) {
            lines.add("cluster-enabled yes");
            // Beside the data, not in it: a node that restarts empty is still the node that it was.
            lines.add(
                    "cluster-config-file " + quoted(folder.resolve("nodes.conf").toString()));
        }
        lines.addAll(settings);
        return String.join("\n", lines) + "\n";
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private RespConnection commandConnection(RedisProcess now) throws IOException {
        CommandLink link = commandLink;
        if (link == null || link.process != now) {
            closeCommandLink();
            link = new CommandLink(now, now.connect());
            commandLink = link;
        }
        return link.connection;
    }

    private void closeCommandLink() {
        CommandLink link = commandLink;
        commandLink = null;
        if (link != null) {
            try {
                link.connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path configurationFile() {
        return folder.resolve("server.conf");
    }

    private Path dataFolder() {
        return folder.resolve("data");
    }

    private enum Kind {
        STANDALONE,
        CLUSTER_NODE,
        SENTINEL
    }

    private record CommandLink(RedisProcess process, RespConnection connection) {}

    /** Options for one server to start. For one thread. */
    public static final class Builder {
        private final List<String> arguments = new ArrayList<>();
        private final List<String> users = new ArrayList<>();
        private final List<String> settings = new ArrayList<>();
        private final List<String[]> afterLaunch = new ArrayList<>();
        private @Nullable String password;
        private @Nullable String kitPassword;
        private boolean persistent;
        private Kind kind = Kind.STANDALONE;
        private boolean rewritesConfiguration;

        private Builder() {}

        /** Shares the kit's user among servers, so that one can log in to another. */
        Builder kitPassword(String secret) {
            kitPassword = secret;
            return this;
        }

        /** Adds a line to the server's configuration. */
        Builder setting(String name, String value) {
            settings.add(name + " " + quoted(value));
            return this;
        }

        /** Makes the server a node of a cluster, yet alone in it; its bus is at its port plus 10,000. */
        Builder clusterNode() {
            kind = Kind.CLUSTER_NODE;
            return this;
        }

        /** Makes the server a Sentinel that watches nobody yet. */
        Builder sentinel() {
            kind = Kind.SENTINEL;
            return rewritesConfiguration();
        }

        /** Makes the server a replica from its start on. */
        Builder replicaOf(RedisServer master) {
            settings.add("replicaof " + LoopbackPort.address().getHostAddress() + " " + master.port());
            return this;
        }

        /** A restart finds the configuration as the server itself last wrote it, and not as it was first. */
        Builder rewritesConfiguration() {
            rewritesConfiguration = true;
            return this;
        }

        /** Adds a command that the kit gives after each start. */
        Builder afterLaunch(String... command) {
            afterLaunch.add(command);
            return this;
        }

        /** Appends arguments to the server's command line, such as {@code "--maxmemory", "10mb"}. */
        public Builder arguments(String... words) {
            arguments.addAll(List.of(words));
            return this;
        }

        /** Sets the password of the default user ({@code requirepass}). */
        public Builder password(String secret) {
            password = secret;
            return this;
        }

        /**
         * Adds a user, or changes the default one: the words of ACL SETUSER, such as {@code "ann on >secret ~app:* +@read"}.
         */
        public Builder user(String rules) {
            users.add(rules);
            return this;
        }

        /** Keeps the data over stops, crashes and restarts, until the server is closed: every write is synced to disk. */
        public Builder persistent() {
            persistent = true;
            return this;
        }

        /**
         * Starts a server.
         *
         * @throws IllegalStateException if it does not start; the message ends with the server's own log
         */
        public RedisServer start() {
            try {
                return new RedisServer(this);
            } catch (IOException e) {
                throw new UncheckedIOException("The files of a Redis server could not be written", e);
            }
        }
    }
}
