package io.cacheservice.redis.histories;

import io.cacheservice.redis.histories.RunOptions.Topology;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisErrorReply;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What can go wrong wherever Redis is, and on the links to it. */
final class Faults {
    private static final int FILLERS = 120;
    private static final int FILLER_BYTES = 50_000;

    private Faults() {}

    /** All of a fleet. */
    static List<Fault> of(Fleet fleet, RunOptions options) {
        List<Fault> faults = new ArrayList<>(onServers(options));
        if (!fleet.proxies().isEmpty()) {
            faults.addAll(onLinks(fleet.proxies()));
        }
        faults.addAll(fleet.faults());
        if (options.loads()) {
            faults.add(new Fault("loader-stop", strike -> {
                WorkerProcess worker = strike.aWorker();
                worker.pause();
                // longer than the right to load, which is a second longer than most loads may take
                strike.during(Duration.ofMillis(2_300 + strike.random().nextInt(2_700)));
                worker.resume();
            }));
        }
        return faults.stream().filter(options::has).toList();
    }

    private static List<Fault> onServers(RunOptions options) {
        // Sentinels are clients too, and would take a long pause for an end.
        int longestPauseMillis = options.topology() == Topology.SENTINEL ? 700 : 2_500;
        return List.of(
                new Fault("client-kill", strike -> {
                    for (int i = 0; i < 5; i++) {
                        Strike.tell(strike.aMaster(), "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                        strike.during(Duration.ofMillis(strike.random().nextInt(200)));
                    }
                }),
                new Fault("client-pause", strike -> {
                    int millis = 100 + strike.random().nextInt(longestPauseMillis - 100);
                    String kind = strike.random().nextBoolean() ? "ALL" : "WRITE";
                    Strike.tell(strike.aMaster(), "CLIENT", "PAUSE", Integer.toString(millis), kind);
                    strike.during(Duration.ofMillis(millis + 500));
                }),
                new Fault("client-stop", strike -> {
                    WorkerProcess worker = strike.aWorker();
                    worker.pause();
                    strike.aWhile();
                    worker.resume();
                }),
                new Fault(
                        "flushall",
                        strike -> strike.flushing(() -> strike.masters().forEach(m -> Strike.tell(m, "FLUSHALL")))),
                new Fault("tracking-table", strike -> {
                    RedisServer master = strike.aMaster();
                    Strike.tell(master, "CONFIG", "SET", "tracking-table-max-keys", "10");
                    strike.aWhile();
                    Strike.tell(master, "CONFIG", "SET", "tracking-table-max-keys", "1000000");
                }),
                new Fault("eviction", strike -> {
                    RedisServer master = strike.aMaster();
                    strike.losing(s -> evict(master));
                }));
    }

    private static void evict(RedisServer master) {
        Strike.tell(master, "PING");
        long used = Long.parseLong(master.info().getOrDefault("used_memory", "0"));
        Strike.tell(master, "CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        Strike.tell(master, "CONFIG", "SET", "maxmemory", Long.toString(used + 10 * FILLER_BYTES));
        String filler = "x".repeat(FILLER_BYTES);
        for (int i = 0; i < FILLERS; i++) {
            try {
                Strike.tell(master, "SET", "filler-" + i, filler, "PX", "3000");
            } catch (RedisErrorReply e) {
                // In a Cluster most of them belong to other nodes.
            }
        }
        Strike.tell(master, "CONFIG", "SET", "maxmemory", "0");
        Strike.tell(master, "CONFIG", "SET", "maxmemory-policy", "noeviction");
    }

    private static List<Fault> onLinks(List<FaultProxy> proxies) {
        return List.of(
                new Fault("cut", strike -> {
                    for (int i = 0; i < 5; i++) {
                        FaultProxy proxy = strike.oneOf(proxies);
                        if (strike.random().nextBoolean()) {
                            proxy.cut();
                        } else {
                            proxy.reset();
                        }
                        strike.during(Duration.ofMillis(strike.random().nextInt(300)));
                    }
                }),
                broken("blackhole-to-client", proxies, proxy -> proxy.blackhole(Direction.TO_CLIENT)),
                broken("blackhole-to-server", proxies, proxy -> proxy.blackhole(Direction.TO_SERVER)),
                held("hold-to-client", proxies, Direction.TO_CLIENT),
                held("hold-to-server", proxies, Direction.TO_SERVER),
                new Fault("delay-5s", strike -> {
                    FaultProxy proxy = strike.oneOf(proxies);
                    proxy.latency(Direction.TO_CLIENT, Duration.ofSeconds(5));
                    strike.during(Duration.ofSeconds(6));
                    proxy.heal();
                }),
                new Fault("slow", strike -> {
                    FaultProxy proxy = strike.oneOf(proxies);
                    proxy.latency(Direction.TO_SERVER, Duration.ofMillis(20));
                    proxy.jitter(
                            Direction.TO_CLIENT,
                            Duration.ofMillis(400),
                            strike.random().nextLong());
                    strike.aWhile();
                    proxy.heal();
                }));
    }

    private static Fault broken(String name, List<FaultProxy> proxies, Consumer<FaultProxy> how) {
        return new Fault(name, strike -> {
            FaultProxy proxy = strike.oneOf(proxies);
            how.accept(proxy);
            strike.aWhile();
            proxy.heal();
        });
    }

    private static Fault held(String name, List<FaultProxy> proxies, Direction direction) {
        return new Fault(name, strike -> {
            FaultProxy proxy = strike.oneOf(proxies);
            proxy.hold(direction);
            strike.aWhile();
            proxy.release();
        });
    }
}
