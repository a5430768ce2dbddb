package io.cacheservice.server.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that happens to Redis, to the source, or to the way there.
 *
 * @param name one word
 * @param what it is, for people
 * @param isOfSource whether it is the source's
 * @param strike begins it, and answers what repairs it
 */
record Fault(String name, String what, boolean isOfSource, Strike strike) {
    private static final long SEED = 7;
    private static final String OTHER_PASSWORD = "changed-by-somebody";

    /** All there are, in the order in which they come. */
    static final List<Fault> ALL = List.of(
            onRedisLink("refused", "connections to Redis are cut, new ones refused", proxy -> {
                proxy.refuse();
                proxy.cut();
            }),
            new Fault("reset", "connections to Redis are reset, 20 times a second", false, Fault::reset),
            onRedisLink(
                    "black-hole", "what is sent to Redis and by Redis vanishes", bothWays(proxy -> proxy::blackhole)),
            onRedisLink(
                    "silent", "Redis gets commands, its answers vanish", proxy -> proxy.blackhole(Direction.TO_CLIENT)),
            onRedisLink(
                    "delay",
                    "answers of Redis take 1 s longer",
                    bothWays(proxy -> way -> proxy.latency(way, Duration.ofMillis(500)))),
            onRedisLink(
                    "jitter",
                    "answers of Redis take up to 200 ms longer",
                    proxy -> proxy.jitter(Direction.TO_CLIENT, Duration.ofMillis(200), SEED)),
            onRedisLink(
                    "loss",
                    "1 % of the packets to and from Redis come 200 ms later",
                    bothWays(proxy -> way -> proxy.loss(way, 0.01, Duration.ofMillis(200), SEED))),
            onRedisLink("drip", "Redis gets through 500 bytes/s", proxy -> proxy.bandwidth(Direction.TO_CLIENT, 500)),
            onRedisLink(
                    "wrong-type",
                    "each answer of Redis is the number 42",
                    proxy -> proxy.garble(Direction.TO_CLIENT, bytes -> ":42\r\n".getBytes(US_ASCII))),
            onRedisLink(
                    "garbage",
                    "answers of Redis are random bytes",
                    proxy -> proxy.garble(Direction.TO_CLIENT, Fault::garbage)),
            onRedisLink(
                    "half-reply",
                    "of each answer of Redis the first half comes",
                    proxy -> proxy.garble(Direction.TO_CLIENT, bytes -> Arrays.copyOf(bytes, bytes.length / 2))),
            onRedis("kill", "Redis is killed (kill -9), and started again empty", DemoRedis::kill, DemoRedis::restart),
            onRedis("pause", "Redis stands still (SIGSTOP)", DemoRedis::pause, DemoRedis::resume),
            onRedis(
                    "restart",
                    "Redis is killed and started again at once, empty",
                    redis -> {
                        redis.kill();
                        redis.restart();
                    },
                    redis -> {}),
            onRedis(
                    "full",
                    "Redis has no memory left (OOM)",
                    redis -> {
                        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
                        redis.command("CONFIG", "SET", "maxmemory", "1");
                    },
                    redis -> {
                        redis.command("CONFIG", "SET", "maxmemory", "128mb");
                        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lfu");
                    }),
            onRedis(
                    "read-only",
                    "Redis is made a replica, and refuses writes (READONLY)",
                    redis -> redis.command("REPLICAOF", "127.0.0.1", Integer.toString(redis.port())),
                    redis -> redis.command("REPLICAOF", "NO", "ONE")),
            new Fault("wrong-password", "the password of Redis was changed, connections are cut", false, stage -> {
                stage.redis().command("CONFIG", "SET", "requirepass", OTHER_PASSWORD);
                stage.links().redis().cut();
                return on -> on.redis()
                        .command("CONFIG", "SET", "requirepass", on.redis().password());
            }),
            new Fault("no-connection", "Redis takes no further connection, those there were are cut", false, stage -> {
                // the one is that of the simulation
                stage.redis().command("CONFIG", "SET", "maxclients", "1");
                stage.links().redis().cut();
                return on -> on.redis().command("CONFIG", "SET", "maxclients", "10000");
            }),
            onSourceLink(
                    "source-slow",
                    "answers of the source take 300 ms longer",
                    proxy -> proxy.latency(Direction.TO_CLIENT, Duration.ofMillis(300))),
            onSourceLink("source-silent", "the source answers nothing", proxy -> proxy.blackhole(Direction.TO_CLIENT)),
            onSourceLink("source-fails", "connections to the source are cut, new ones refused", proxy -> {
                proxy.refuse();
                proxy.cut();
            }));

    /** Begins a fault. */
    @FunctionalInterface
    interface Strike {
        /** Answers what repairs it. */
        Repair on(Stage stage) throws IOException, InterruptedException;
    }

    /** Ends a fault. */
    @FunctionalInterface
    interface Repair {
        void on(Stage stage) throws IOException, InterruptedException;
    }

    @FunctionalInterface
    private interface RedisStep {
        void on(DemoRedis redis) throws IOException, InterruptedException;
    }

    private static Fault onRedisLink(String name, String what, Consumer<FaultProxy> strike) {
        return new Fault(name, what, false, stage -> {
            strike.accept(stage.links().redis());
            return on -> on.links().redis().heal();
        });
    }

    private static Fault onSourceLink(String name, String what, Consumer<FaultProxy> strike) {
        return new Fault(name, what, true, stage -> {
            strike.accept(stage.links().source());
            return on -> on.links().source().heal();
        });
    }

    private static Fault onRedis(String name, String what, RedisStep strike, RedisStep repair) {
        return new Fault(name, what, false, stage -> {
            strike.on(stage.redis());
            return on -> repair.on(on.redis());
        });
    }

    private static Consumer<FaultProxy> bothWays(Function<FaultProxy, Consumer<Direction>> strike) {
        return proxy -> List.of(Direction.values()).forEach(strike.apply(proxy));
    }

    private static Repair reset(Stage stage) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        var unused = timer.scheduleAtFixedRate(stage.links().redis()::reset, 0, 50, TimeUnit.MILLISECONDS);
        return on -> timer.shutdownNow();
    }

    private static byte[] garbage(byte[] bytes) {
        byte[] random = new byte[bytes.length];
        new Random(SEED + bytes.length).nextBytes(random);
        return random;
    }
}
