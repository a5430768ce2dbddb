package io.cacheservice.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real master with replicas, and the Sentinels that watch them, on free ports of 127.0.0.1, for one test or one test class.
 *
 * <pre>{@code
 * try (RedisSentinels sentinels = RedisSentinels.start()) {
 *     RedisServer old = sentinels.killMaster();
 *     RedisServer promoted = sentinels.awaitMasterOtherThan(old);
 *     old.restart();                                        // as a replica of the promoted one
 *     sentinels.awaitHealthy();
 * }
 * }</pre>
 *
 * <p>Servers and Sentinels are {@link RedisServer}s, which the test may kill, pause, restart and ask; a server or Sentinel
 * that restarts finds the configuration that it last wrote. A start takes about a second, a failover after a crash about
 * two, of which one is {@link Builder#downAfter}: the Sentinels talk to each other and to the servers more often than they
 * would elsewhere.
 *
 * <p>The methods that wait fail with an {@link IllegalStateException} that says what is missing if that takes longer than
 * {@link Builder#timeout}. Those that run and are not paused are asked, the others are left out.
 *
 * <p>It needs Redis 7 or later, or any Valkey; the program is chosen as for {@link RedisServer}. Questions may be asked by
 * many threads; changes are for one at a time.
 */
public final class RedisSentinels implements AutoCloseable {
    private final Builder options;
    private final String kitPassword = UUID.randomUUID().toString();
    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();
    private final Map<RedisServer, FaultProxy> proxies = new HashMap<>();

    private RedisSentinels(Builder options) {
        this.options = options;
        try {
            startServers();
            startSentinels();
            awaitHealthy();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a master with two replicas and three Sentinels.
     *
     * @throws IllegalStateException if one does not start, or they do not find each other
     */
    public static RedisSentinels start() {
        return builder().start();
    }

    /** Options for what to start. */
    public static Builder builder() {
        return new Builder();
    }

    /** The name under which the Sentinels know the master. */
    public String masterName() {
        return options.masterName;
    }

    /** The Sentinels, running or not. */
    public List<RedisServer> sentinels() {
        return List.copyOf(sentinels);
    }

    /** {@code 127.0.0.1:port} of every Sentinel, for a client to start with. */
    public List<String> sentinelAddresses() {
        return sentinels.stream().map(this::address).toList();
    }

    /** The servers that are no Sentinels, running or not: first the one that was master at the start. */
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    /**
     * The proxy in front of a server, through which clients, Sentinels and replicas reach it.
     *
     * @throws IllegalStateException if they were started without {@link Builder#throughProxies}
     */
    public FaultProxy proxyOf(RedisServer server) {
        FaultProxy proxy = proxies.get(server);
        if (proxy == null) {
            throw new IllegalStateException("There is no proxy of " + server + ": start with throughProxies()");
        }
        return proxy;
    }

    /**
     * The server that most Sentinels name as the master, running or not.
     *
     * @throws IllegalStateException if no Sentinel runs
     */
    public RedisServer master() {
        Map<RedisServer, Long> votes = awake(sentinels)
                .map(this::masterAsNamedBy)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalStateException("No Sentinel runs that could name the master"));
    }

    /** The servers that say of themselves that they are replicas; only those that can be asked. */
    public List<RedisServer> replicas() {
        return awake(servers).filter(server -> !isMaster(server.info())).toList();
    }

    /**
     * Ends the process of the master at once.
     *
     * @return the server that was the master
     */
    public RedisServer killMaster() {
        RedisServer master = master();
        master.kill();
        return master;
    }

    /**
     * Asks a Sentinel to make a replica the master (SENTINEL FAILOVER), and waits until all agree. Writes of this moment may
     * be lost, as in every failover of Sentinel.
     *
     * @return the new master
     * @throws IllegalArgumentException if there is no replica that runs
     */
    public RedisServer failover() {
        RedisServer old = master();
        if (replicas().isEmpty()) {
            throw new IllegalArgumentException("No replica of " + old + " runs that could be promoted");
        }
        await("The start of a failover", () -> {
            RedisServer sentinel = awake(sentinels).findFirst().orElseThrow();
            // Refused with an error, and asked again, while no replica was heard of lately or another failover is on.
            sentinel.command("SENTINEL", "FAILOVER", options.masterName);
            return null;
        });
        return awaitMasterOtherThan(old);
    }

    /**
     * Waits until all Sentinels name the same master, not this one, and it says that it is the master.
     *
     * @return the new master
     */
    public RedisServer awaitMasterOtherThan(RedisServer old) {
        List<RedisServer> found = new ArrayList<>();
        await("A master other than " + old, () -> {
            found.clear();
            awake(sentinels).map(this::masterAsNamedBy).distinct().forEach(found::add);
            if (found.size() != 1 || found.contains(old)) {
                return "the Sentinels name " + found;
            }
            return isMaster(found.get(0).info()) ? null : found + " does not yet say that it is a master";
        });
        return found.get(0);
    }

    /** Waits until every replica has what the master had when this was called. */
    public void awaitReplicasInSync() {
        await("Replicas in sync", this::whyNotInSync);
    }

    /**
     * Waits until the Sentinels name the same master and know each other and every server, all in good health, and the
     * replicas are in sync; from then on a failover will succeed.
     */
    public void awaitHealthy() {
        await("A healthy set of servers and Sentinels", this::whyNotHealthy);
    }

    /** Stops the Sentinels and the servers, each by its own process id, and deletes their files. */
    @Override
    public void close() {
        List<RedisServer> all =
                Stream.of(sentinels, servers).flatMap(List::stream).toList();
        // First all at once: a server that stops in order would wait for its replicas.
        all.forEach(RedisServer::kill);
        all.forEach(RedisServer::close);
        proxies.values().forEach(FaultProxy::close);
    }

    @Override
    public String toString() {
        return "RedisSentinels" + sentinelAddresses();
    }

    private void startServers() {
        for (int i = 0; i <= options.replicas; i++) {
            RedisServer.Builder builder = RedisServer.builder()
                    .kitPassword(kitPassword)
                    .rewritesConfiguration()
                    .setting("repl-diskless-sync-delay", "0")
                    .setting("masteruser", RedisServer.KIT_USER)
                    .setting("masterauth", kitPassword);
            if (i > 0 && !options.throughProxies) {
                builder.replicaOf(servers.get(0));
            }
            RedisServer server = options.serverOptions.apply(builder).start();
            servers.add(server);
            if (options.throughProxies) {
                putBehindProxy(server);
            }
        }
        // A Sentinel asks a master for its replicas at once and then seldom: they have to be there by then.
        await("The first replication", () -> {
            for (RedisServer replica : servers.subList(1, servers.size())) {
                String lag = Replication.lag(servers.get(0), replica);
                if (lag != null) {
                    return lag;
                }
            }
            return null;
        });
    }

    /** Before it replicates anybody: a replica tells its port when it begins. */
    private void putBehindProxy(RedisServer server) {
        FaultProxy proxy = FaultProxy.to(server.port());
        proxies.put(server, proxy);
        server.configure("replica-announce-ip", LoopbackPort.address().getHostAddress());
        server.configure("replica-announce-port", Integer.toString(proxy.port()));
        RedisServer master = servers.get(0);
        if (server != master) {
            server.command("REPLICAOF", LoopbackPort.address().getHostAddress(), Integer.toString(clientPort(master)));
        }
        // for a restart
        server.command("CONFIG", "REWRITE");
    }

    private void startSentinels() {
        for (int i = 0; i < options.sentinels; i++) {
            RedisServer.Builder builder = RedisServer.builder()
                    .sentinel()
                    .kitPassword(kitPassword)
                    .setting("sentinel sentinel-user", RedisServer.KIT_USER)
                    .setting("sentinel sentinel-pass", kitPassword)
                    .afterLaunch("SENTINEL", "DEBUG", "info-period", "500")
                    .afterLaunch("SENTINEL", "DEBUG", "ask-period", "200")
                    .afterLaunch("SENTINEL", "DEBUG", "publish-period", "200");
            sentinels.add(options.sentinelOptions.apply(builder).start());
        }
        sentinels.forEach(this::watchTheMaster);
    }

    private void watchTheMaster(RedisServer sentinel) {
        String name = options.masterName;
        RedisServer master = servers.get(0);
        sentinel.command(
                "SENTINEL",
                "MONITOR",
                name,
                LoopbackPort.address().getHostAddress(),
                Integer.toString(clientPort(master)),
                Integer.toString(options.quorum()));
        Map<String, String> settings = Map.of(
                "auth-user",
                RedisServer.KIT_USER,
                "auth-pass",
                kitPassword,
                "down-after-milliseconds",
                Long.toString(options.downAfter.toMillis()),
                // A failover that fails, say for a tie of votes, is tried again after twice this time.
                "failover-timeout",
                "2000");
        settings.forEach((setting, value) -> sentinel.command("SENTINEL", "SET", name, setting, value));
    }

    private void await(String goal, Await.Condition condition) {
        Await.until(goal, options.timeout, condition);
    }

    private @Nullable String whyNotHealthy() {
        List<RedisServer> named =
                awake(sentinels).map(this::masterAsNamedBy).distinct().toList();
        if (named.size() != 1) {
            return "the Sentinels name " + named;
        }
        for (RedisServer sentinel : awake(sentinels).toList()) {
            String missing = whatIsUnknownTo(sentinel, named.get(0));
            if (missing != null) {
                return "Sentinel " + sentinel + " " + missing;
            }
        }
        return whyNotInSync();
    }

    private @Nullable String whatIsUnknownTo(RedisServer sentinel, RedisServer master) {
        List<String> peers = soundAddresses(sentinel, "SENTINELS");
        for (RedisServer other : awake(sentinels).toList()) {
            if (other != sentinel && !peers.contains(address(other))) {
                return "has no sound link to Sentinel " + other;
            }
        }
        List<String> replicas = soundAddresses(sentinel, "REPLICAS");
        for (RedisServer server : awake(servers).toList()) {
            if (server != master && !replicas.contains(address(server))) {
                return "knows no sound replica " + server;
            }
        }
        return null;
    }

    private @Nullable String whyNotInSync() {
        RedisServer master = master();
        if (!isMaster(master.info())) {
            return master + " does not say that it is a master";
        }
        for (RedisServer server : awake(servers).toList()) {
            if (server == master) {
                continue;
            }
            String followed = server.info().get("master_port");
            if (!Integer.toString(clientPort(master)).equals(followed)) {
                return server + " follows " + followed + " and not " + master;
            }
            String lag = Replication.lag(master, server);
            if (lag != null) {
                return lag;
            }
        }
        return null;
    }

    /** Those that a Sentinel knows and takes for connected and alive. */
    private List<String> soundAddresses(RedisServer sentinel, String whom) {
        List<String> addresses = new ArrayList<>();
        Object reply = sentinel.command("SENTINEL", whom, options.masterName);
        for (Object entry : (List<?>) Objects.requireNonNull(reply)) {
            Map<String, String> fields = fields((List<?>) entry);
            if (Stream.of(fields.getOrDefault("flags", "").split(","))
                    .noneMatch(List.of("s_down", "disconnected")::contains)) {
                addresses.add(fields.get("ip") + ":" + fields.get("port"));
            }
        }
        return addresses;
    }

    private RedisServer masterAsNamedBy(RedisServer sentinel) {
        List<?> hostAndPort = (List<?>)
                Objects.requireNonNull(sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", options.masterName));
        String port = String.valueOf(hostAndPort.get(1));
        return servers.stream()
                .filter(server -> Integer.toString(clientPort(server)).equals(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(sentinel + " names a strange master: " + hostAndPort));
    }

    private static Stream<RedisServer> awake(List<RedisServer> some) {
        return some.stream().filter(RedisServer::isAwake);
    }

    private static boolean isMaster(Map<String, String> info) {
        return "master".equals(info.get("role"));
    }

    private String address(RedisServer server) {
        return LoopbackPort.address().getHostAddress() + ":" + clientPort(server);
    }

    /** The port that everybody else connects to. */
    private int clientPort(RedisServer server) {
        FaultProxy proxy = proxies.get(server);
        return proxy == null ? server.port() : proxy.port();
    }

    private static Map<String, String> fields(List<?> namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
            fields.put(String.valueOf(namesAndValues.get(i)), String.valueOf(namesAndValues.get(i + 1)));
        }
        return fields;
    }

    /** Options for a master, its replicas and their Sentinels to start. For one thread. */
    public static final class Builder {
        private String masterName = "mymaster";
        private int replicas = 2;
        private int sentinels = 3;
        private int quorum;
        private Duration downAfter = Duration.ofSeconds(1);
        private Duration timeout = Duration.ofSeconds(30);
        private UnaryOperator<RedisServer.Builder> serverOptions = UnaryOperator.identity();
        private UnaryOperator<RedisServer.Builder> sentinelOptions = UnaryOperator.identity();

        private boolean throughProxies;

        private Builder() {}

        /** The name under which the Sentinels know the master; {@code mymaster} unless told. */
        public Builder masterName(String name) {
            masterName = Objects.requireNonNull(name, "name");
            return this;
        }

        /** How many replicas the master has; 2 unless told. */
        public Builder replicas(int count) {
            replicas = atLeast(0, count, "replicas");
            return this;
        }

        /** How many Sentinels there are; 3 unless told. */
        public Builder sentinels(int count) {
            sentinels = atLeast(1, count, "sentinels");
            return this;
        }

        /**
         * How many Sentinels must miss the master before a failover begins; more than half of them unless told. Whatever it
         * is, more than half have to vote for the one that carries it out.
         */
        public Builder quorum(int count) {
            quorum = atLeast(1, count, "quorum");
            return this;
        }

        /** How long a server must be silent for a Sentinel to miss it; 1 second unless told. */
        public Builder downAfter(Duration time) {
            downAfter = Objects.requireNonNull(time, "time");
            return this;
        }

        /** How long the start, and every method that waits, waits at most; 30 seconds unless told. */
        public Builder timeout(Duration time) {
            timeout = Objects.requireNonNull(time, "time");
            return this;
        }

        /**
         * Puts a {@link FaultProxy} in front of each server, whose address is the one that everybody is told: clients,
         * Sentinels and replicas. The Sentinels themselves are reached directly.
         */
        public Builder throughProxies() {
            throughProxies = true;
            return this;
        }

        /** Sets options of the master and the replicas, such as {@code server -> server.password("secret").persistent()}. */
        public Builder eachServer(UnaryOperator<RedisServer.Builder> change) {
            serverOptions = Objects.requireNonNull(change, "change");
            return this;
        }

        /**
         * Sets options of the Sentinels, such as {@code sentinel -> sentinel.user("default off").user("ann on >pw +@all")}.
         */
        public Builder eachSentinel(UnaryOperator<RedisServer.Builder> change) {
            sentinelOptions = Objects.requireNonNull(change, "change");
            return this;
        }

        /**
         * Starts the servers and the Sentinels, and returns when a failover would succeed.
         *
         * @throws IllegalArgumentException if the quorum is more than there are Sentinels
         * @throws IllegalStateException if one does not start, or they do not find each other; none is left running
         */
        public RedisSentinels start() {
            if (quorum > sentinels) {
                throw new IllegalArgumentException(
                        "quorum is " + quorum + ": set at most the number of sentinels, " + sentinels);
            }
            return new RedisSentinels(this);
        }

        private int quorum() {
            return quorum == 0 ? sentinels / 2 + 1 : quorum;
        }

        private static int atLeast(int least, int count, String name) {
            if (count < least) {
                throw new IllegalArgumentException(name + " is " + count + ": set at least " + least);
            }
            return count;
        }
    }
}
