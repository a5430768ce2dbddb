package io.cacheservice.examples.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.Cache;
import io.cacheservice.CacheConfig;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.SlotMove;
import io.cacheservice.testkit.chaos.Chaos;
import io.cacheservice.testkit.chaos.ChaosPlan;
import io.cacheservice.testkit.chaos.Trouble;
import io.cacheservice.testkit.history.History;
import io.cacheservice.testkit.history.HistoryChecker;
import io.cacheservice.testkit.history.HistoryRecorder;
import io.cacheservice.testkit.history.HistoryReport;
import io.cacheservice.testkit.history.HistoryWindows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The test kit. */
final class Testing {
    private Testing() {}

    static boolean anEntryEndsToTheMillisecond() {
        // region clock
        ManualTime time = new ManualTime();
        CacheConfig config = CacheConfig.builder().build();
        CacheService service = CacheService.builder().config(config).time(time).open();
        service.set("session", new byte[] {1}, Duration.ofMinutes(30));

        time.advance(Duration.ofMinutes(30).minusMillis(1));
        boolean alive = service.get("session") != null; // true

        time.advance(Duration.ofMillis(1));
        boolean ended = service.get("session") == null; // true
        // endregion
        try (service) {
            return alive && ended;
        }
    }

    static String aRealServerBehindAProxy() {
        // region server
        RedisServer redis = RedisServer.start();
        FaultProxy proxy = FaultProxy.to(redis.port());
        CacheConfig config = CacheConfig.builder().url(proxy.url()).build();

        proxy.cut(); // or reset(), blackhole(..), hold(..), refuse(); heal() undoes them
        redis.kill(); // or pause(), stop(); restart() starts it again on the same port
        // endregion
        try (redis;
                proxy) {
            redis.restart();
            proxy.heal();
            return config.redis().orElseThrow().host() + " " + redis.command("PING");
        }
    }

    static String aSlowLink() {
        RedisServer redis = RedisServer.start();
        FaultProxy proxy = FaultProxy.to(redis.port());
        // region slow
        proxy.latency(Direction.TO_SERVER, Duration.ofMillis(20));
        proxy.jitter(Direction.TO_SERVER, Duration.ofMillis(5), 42); // 42 is the seed
        proxy.bandwidth(Direction.TO_CLIENT, 1_000_000); // bytes per second
        proxy.loss(Direction.TO_CLIENT, 0.01, Duration.ofMillis(200), 42); // one piece in 100 comes 200 ms later
        proxy.garble(Direction.TO_CLIENT, bytes -> ":1\r\n".getBytes(UTF_8)); // every answer is the number 1
        proxy.heal();
        // endregion
        try (redis;
                proxy) {
            return "healed";
        }
    }

    static boolean chaosByPlan() {
        RedisServer redis = RedisServer.start();
        CityTable table = new CityTable();
        CacheConfig config = CacheConfig.builder().url(redis.url()).build();
        // region chaos
        Chaos ofRedis = Chaos.seeded(42); // the seed of its dice
        Chaos ofTable = Chaos.seeded(43);
        CacheService service = CacheService.builder()
                .config(config)
                .remoteTier(ofRedis.remoteTier()) // stands between the service and its Redis
                .open();
        Cache<String, City> cities = service.cache("cities", City.class)
                .failSafe(Duration.ofHours(1))
                .loader(ofTable.loader(table::find))
                .open();

        ofRedis.begin(ChaosPlan.none()
                .failing(0.1) // this share of calls
                .delaying(0.1, Duration.ofMillis(20))
                .corrupting(0.2) // other bytes than were stored
                .vanishing(0.05)); // no answer comes
        City uppsala = cities.get("Uppsala"); // is right all the same
        long corrupted = ofRedis.count(Trouble.CORRUPTED);
        ofRedis.end();
        // endregion
        // region schedule
        ofTable.begin(
                ChaosPlan.none().failing(1).between(Duration.ofSeconds(10), Duration.ofSeconds(20)),
                ChaosPlan.none().delaying(0.5, Duration.ofMillis(200)));
        // endregion
        try (redis;
                service;
                ofTable) {
            return uppsala != null && corrupted >= 0;
        }
    }

    static String aRealCluster() {
        // region cluster
        RedisCluster cluster = RedisCluster.builder().replicasPerMaster(1).start(); // 3 masters, 3 replicas
        RedisServer master = cluster.masterOf("k");
        master.kill();
        RedisServer promoted = cluster.awaitFailover(master);

        SlotMove move = cluster.beginMove(RedisCluster.slotOf("k"), cluster.addNode());
        move.moveKeys(10); // the slot is in two halves: the old master answers ASK for keys that have gone
        move.finish();
        // endregion
        try (cluster) {
            return cluster.seeds() + " " + promoted.isRunning();
        }
    }

    static String realSentinels() {
        // region sentinels
        RedisSentinels sentinels = RedisSentinels.start(); // a master, 2 replicas, 3 Sentinels
        RedisServer old = sentinels.killMaster();
        RedisServer promoted = sentinels.awaitMasterOtherThan(old);

        old.restart(); // comes back as a replica
        sentinels.awaitHealthy();
        // endregion
        try (sentinels) {
            return sentinels.sentinelAddresses() + " " + promoted.equals(sentinels.master());
        }
    }

    static HistoryReport whatProcessesSaw(Path folder) throws IOException {
        CacheService service = CacheService.open(CacheConfig.builder().build());
        // region history
        Path file = folder.resolve("process-0"); // each process has a file and a number of its own
        try (HistoryRecorder recorder = HistoryRecorder.create(file, 0)) {
            Duration life = Duration.ofMinutes(1);
            recorder.write("k", 7, life, () -> service.set("k", new byte[] {7}, life));
            recorder.read("k", () -> service.lookup("k"), value -> value[0]);
            recorder.delete("k", 8, () -> service.delete("k"));
        }

        History history = History.read(List.of(file)); // the files of all processes
        HistoryReport report = HistoryChecker.of(Duration.ofSeconds(1)).check(history);
        report.requireClean();
        // endregion
        try (service) {
            return report;
        }
    }

    static HistoryReport whatProcessesSeeWhileTheyGoOn(Path folder) throws IOException {
        CacheService service = CacheService.open(CacheConfig.builder().build());
        Cache<String, Long> users =
                service.cache("users", Long.class).loader(id -> 1L).open();
        Path file = folder.resolve("process-1");
        HistoryReport report;
        // region windows
        HistoryWindows windows = new HistoryWindows(Duration.ofMinutes(2)); // longer than any call or stale answer
        try (HistoryRecorder recorder = HistoryRecorder.create(file, 1)) {
            recorder.changeSource("7", 1, () -> users.invalidate("7"));
            recorder.read("7", () -> users.lookup("7"), Long::longValue);

            report = windows.next(List.of(file), HistoryChecker.builder(), System.nanoTime());
            report.requireClean(); // and so on, with what was recorded since
        }
        // endregion
        try (service) {
            return report;
        }
    }
}
