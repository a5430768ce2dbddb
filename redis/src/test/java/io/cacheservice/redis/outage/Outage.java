package io.cacheservice.redis.outage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cacheservice.redis.outage.Site.Kind;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * Something that happens to the server which holds the keys, or to the way there.
 *
 * @param name for people
 * @param kinds where it can happen
 * @param lasting how long
 * @param strike begins it, and answers what repairs it
 */
record Outage(String name, Set<Kind> kinds, Duration lasting, Function<Site, Runnable> strike) {
    private static final Duration USUAL = Duration.ofSeconds(4);
    private static final Set<Kind> EVERYWHERE = EnumSet.allOf(Kind.class);
    private static final long SEED = 7;

    static final List<Outage> ALL = List.of(
            onLink("refused", proxy -> {
                proxy.refuse();
                proxy.cut();
            }),
            new Outage(
                    "reset again and again",
                    EVERYWHERE,
                    USUAL,
                    site -> again(50, () -> site.onProxy(FaultProxy::reset))),
            onLink("black hole", proxy -> bothWays(proxy::blackhole)),
            onLink("black hole for answers", proxy -> proxy.blackhole(Direction.TO_CLIENT)),
            onLink("delay of 1 s", proxy -> bothWays(way -> proxy.latency(way, Duration.ofMillis(500)))),
            onLink("jitter up to 200 ms", proxy -> proxy.jitter(Direction.TO_CLIENT, Duration.ofMillis(200), SEED)),
            onLink("1 % loss", proxy -> bothWays(way -> proxy.loss(way, 0.01, Duration.ofMillis(200), SEED))),
            onLink("drip of 500 bytes/s", proxy -> proxy.bandwidth(Direction.TO_CLIENT, 500)),
            onLink("wrong type of reply", garbling(bytes -> ":42\r\n".getBytes(US_ASCII))),
            onLink("garbage", garbling(Outage::garbage)),
            onLink("half of each reply", garbling(bytes -> Arrays.copyOf(bytes, bytes.length / 2))),
            onServer("kill -9", RedisServer::kill, RedisServer::restart),
            onServer("SIGSTOP of 10 s", Duration.ofSeconds(10), EVERYWHERE, RedisServer::pause, RedisServer::resume),
            onServer("restart, empty", RedisServer::restartEmpty, server -> {}),
            onServer("restart with old data", USUAL, EnumSet.of(Kind.STANDALONE), RedisServer::restart, server -> {}),
            onServer("full (OOM)", server -> set(server, "maxmemory", "1mb"), server -> set(server, "maxmemory", "0")),
            onServer(
                    "READONLY",
                    USUAL,
                    EnumSet.of(Kind.STANDALONE),
                    server -> server.command("REPLICAOF", "127.0.0.1", Integer.toString(server.port())),
                    server -> server.command("REPLICAOF", "NO", "ONE")),
            new Outage("LOADING", EVERYWHERE, Duration.ofSeconds(3), Outage::loading),
            new Outage("NOAUTH after rotation", EVERYWHERE, USUAL, Outage::rotation),
            new Outage("no connection left", EVERYWHERE, USUAL, Outage::noConnectionLeft),
            new Outage("failover on request", EnumSet.of(Kind.SENTINEL, Kind.CLUSTER), USUAL, site -> {
                site.failOver();
                return () -> {};
            }),
            new Outage("slots that nobody serves", EnumSet.of(Kind.CLUSTER), USUAL, Outage::uncovered),
            new Outage("expired certificate", EnumSet.of(Kind.STANDALONE), USUAL, site -> {
                FaultProxy proxy = site.proxyOf(site.victim());
                proxy.expireCertificate();
                proxy.cut();
                return proxy::heal;
            }));

    private static Outage onLink(String name, Consumer<FaultProxy> strike) {
        return new Outage(name, EVERYWHERE, USUAL, site -> {
            FaultProxy proxy = site.proxyOf(site.victim());
            strike.accept(proxy);
            return proxy::heal;
        });
    }

    private static void bothWays(Consumer<Direction> strike) {
        List.of(Direction.values()).forEach(strike);
    }

    private static Consumer<FaultProxy> garbling(UnaryOperator<byte[]> change) {
        return proxy -> proxy.garble(Direction.TO_CLIENT, change);
    }

    private static byte[] garbage(byte[] bytes) {
        byte[] random = new byte[bytes.length];
        new Random(SEED + bytes.length).nextBytes(random);
        return random;
    }

    private static Outage onServer(String name, Consumer<RedisServer> strike, Consumer<RedisServer> repair) {
        return onServer(name, USUAL, EVERYWHERE, strike, repair);
    }

    private static Outage onServer(
            String name,
            Duration lasting,
            Set<Kind> kinds,
            Consumer<RedisServer> strike,
            Consumer<RedisServer> repair) {
        return new Outage(name, kinds, lasting, site -> {
            RedisServer server = site.victim();
            strike.accept(server);
            return () -> repair.accept(server);
        });
    }

    private static void set(RedisServer server, String setting, String value) {
        server.command("CONFIG", "SET", setting, value);
    }

    /** It reads some thousand keys at a millisecond each. */
    private static Runnable loading(Site site) {
        RedisServer server = site.victim();
        server.command("DEBUG", "POPULATE", "2500", "filler", "100");
        set(server, "key-load-delay", "1000");
        set(server, "loading-process-events-interval-bytes", "1024");
        CompletableFuture<Void> reload = CompletableFuture.runAsync(() -> reload(server));
        return reload::join;
    }

    /** Answered when all is read, which on a busy machine takes longer than the kit waits for an answer. */
    private static void reload(RedisServer server) {
        try {
            server.command("DEBUG", "RELOAD");
        } catch (UncheckedIOException stillReading) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> "PONG".equals(server.command("PING")));
        }
    }

    /** The server has another password, and nobody told us. */
    private static Runnable rotation(Site site) {
        String next = "the-next-password";
        site.servers().forEach(server -> {
            set(server, "requirepass", next);
            site.proxyOf(server).cut();
        });
        return () -> site.usePassword(next);
    }

    private static Runnable noConnectionLeft(Site site) {
        RedisServer server = site.victim();
        set(server, "maxclients", "1");
        site.proxyOf(server).cut();
        return () -> set(server, "maxclients", "10000");
    }

    private static Runnable uncovered(Site site) {
        RedisServer master = site.victim();
        List<RedisServer> gone = List.of(master, site.replicasOf(master).get(0));
        gone.forEach(RedisServer::kill);
        return () -> gone.forEach(RedisServer::restart);
    }

    private static Runnable again(long everyMillis, Runnable strike) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        var unused = timer.scheduleAtFixedRate(strike, 0, everyMillis, TimeUnit.MILLISECONDS);
        return timer::shutdownNow;
    }
}
