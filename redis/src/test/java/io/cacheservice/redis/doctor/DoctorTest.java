package io.cacheservice.redis.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.TimeSource;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault is planted on a real server, and found. */
class DoctorTest {
    private static final String EVERYTHING = "~cache:* +@all";

    private static CacheConfig.Builder config(String url) {
        // a busy machine that runs tests is not a far one
        return CacheConfig.builder()
                .url(url)
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(60));
    }

    private static Report examine(CacheConfig.Builder config) {
        return new Doctor(TimeSource.system()).examine(config.build());
    }

    private static Report examine(String url) {
        return examine(config(url));
    }

    private static Finding finding(Report report, Check check) {
        List<Finding> found = report.findings().stream()
                .filter(finding -> finding.check().equals(check.text()))
                .toList();
        assertThat(found).as(check + " in " + report).isNotEmpty();
        return found.get(0);
    }

    private static void assertFound(Report report, Check check, Level level, String seen, String remedy) {
        Finding finding = finding(report, check);
        assertThat(finding.level()).as(finding.toString()).isEqualTo(level);
        assertThat(finding.seen()).contains(seen);
        assertThat(finding.remedy()).contains(remedy);
    }

    private static boolean isBad(Finding finding) {
        return finding.level() == Level.WARNING || finding.level() == Level.FAULT;
    }

    /** What is bad must be what was planted. */
    private static void assertOnlyBad(Report report, Check... checks) {
        assertThat(report.findings().stream().filter(DoctorTest::isBad).map(Finding::check))
                .as(report.toString())
                .containsOnly(List.of(checks).stream().map(Check::text).toArray(String[]::new));
    }

    private static String as(RedisServer redis, String user, String password) {
        return "redis://" + user + ":" + password + "@127.0.0.1:" + redis.port();
    }

    @Test
    void aHealthyServerGivesNothingAboveANoteAndNothingIsLeftThere() {
        try (RedisServer redis = RedisServer.start()) {
            redis.command("CONFIG", "SET", "maxmemory", "100mb");
            redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lfu");

            Report report = examine(redis.url());

            assertThat(report.examined()).isTrue();
            assertThat(report.findings()).noneMatch(DoctorTest::isBad).noneMatch(f -> f.level() == Level.SKIPPED);
            assertThat(report.findings().stream().map(Finding::check))
                    .doesNotHaveDuplicates()
                    .contains("reach", "version", "rights", "tracking", "memory", "clock", "round-trip", "config");
            assertThat(report.findings())
                    .allMatch(f -> f.level() == Level.OK
                            ? f.remedy().isEmpty()
                            : !f.remedy().isEmpty());
            assertThat(redis.command("DBSIZE")).isEqualTo(0L);
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat((String) redis.command("CLIENT", "LIST")).doesNotContain("name=cache-service"));
        }
    }

    @Test
    void aWrongPasswordIsFoundAndNotTold() {
        try (RedisServer redis = RedisServer.builder().password("sesame-7319").start()) {
            Report report = examine("redis://:wrong-4242@127.0.0.1:" + redis.port());

            assertThat(report.examined()).isFalse();
            assertFound(report, Check.LOGIN, Level.FAULT, "WRONGPASS", "check username and password");
            assertThat(report.toString()).doesNotContain("wrong-4242").doesNotContain("sesame");
            assertThat(finding(report, Check.REACH).level()).isEqualTo(Level.OK);
        }
    }

    @Test
    void aMissingPasswordIsFound() {
        try (RedisServer redis = RedisServer.builder().password("sesame-7319").start()) {
            assertFound(examine(redis.url()), Check.LOGIN, Level.FAULT, "NOAUTH", "set password");
        }
    }

    @Test
    void aMissingRightIsFoundWithWhatGrantsIt() {
        try (RedisServer redis = RedisServer.builder()
                .user("app on >app-pass " + EVERYTHING
                        + " -unlink -client +client|setname +client|info +client|tracking")
                .start()) {
            Report report = examine(as(redis, "app", "app-pass"));

            assertFound(report, Check.RIGHTS, Level.FAULT, "may not use unlink", "ACL SETUSER app +unlink ~cache:*");
            assertThat(report.findings())
                    .anyMatch(f -> f.check().equals("rights")
                            && f.level() == Level.WARNING
                            && f.remedy().contains("+client|kill"));
            assertOnlyBad(report, Check.RIGHTS);
            assertThat((Long) redis.command("PTTL", String.valueOf(redis.command("RANDOMKEY"))))
                    .as("what may not be deleted ends by itself")
                    .isBetween(1L, 30_000L);
        }
    }

    @Test
    void keysThatTheUserMayNotTouchAreFound() {
        try (RedisServer redis =
                RedisServer.builder().user("app on >app-pass ~other:* +@all").start()) {
            Report report = examine(as(redis, "app", "app-pass"));

            assertFound(report, Check.RIGHTS, Level.FAULT, "get getrange", "~cache:*");
            assertThat(redis.command("DBSIZE")).isEqualTo(0L);
        }
    }

    @Test
    void aScriptThatMayNotCallItsCommandsIsFound() {
        try (RedisServer redis = RedisServer.builder()
                .user("app on >app-pass " + EVERYTHING + " -getex")
                .start()) {
            Report report = examine(as(redis, "app", "app-pass"));

            assertFound(report, Check.SCRIPTS, Level.FAULT, "did not run", "+getex");
        }
    }

    @Test
    void evictionByLifeIsFound() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--maxmemory-policy", "volatile-ttl")
                .start()) {
            Report report = examine(redis.url());

            assertFound(report, Check.EVICTION, Level.WARNING, "volatile-ttl", "allkeys-lfu");
            assertOnlyBad(report, Check.EVICTION);
        }
    }

    @Test
    void entriesThatAreNeverEvictedAreCounted() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--maxmemory-policy", "volatile-lru")
                .start()) {
            redis.command("SET", "for ever", "v");
            redis.command("SET", "for a while", "v", "EX", "1000");

            assertFound(
                    examine(redis.url()), Check.EVICTION, Level.WARNING, "there are 1 of 2 keys now", "allkeys-lfu");
        }
    }

    @Test
    void aConfigThatMayNotBeReadLeavesTheRestToInfo() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl")
                .user("app on >app-pass " + EVERYTHING + " -config")
                .start()) {
            Report report = examine(as(redis, "app", "app-pass"));

            assertFound(report, Check.CONFIG, Level.NOTE, "check limits could not be made", "+config|get");
            assertThat(finding(report, Check.LIMITS).level()).isEqualTo(Level.SKIPPED);
            assertThat(finding(report, Check.EVICTION).level()).isEqualTo(Level.WARNING);
            assertFound(report, Check.MEMORY, Level.OK, "100.0 MB", "");
        }
    }

    @Test
    void aRenamedConfigThatTheSettingsNeedIsFound() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--rename-command", "CONFIG", "")
                .arguments("--maxmemory", "100mb")
                .start()) {
            Report report = examine(config(redis.url()).maxMemory(100 << 20));

            assertFound(report, Check.CONFIG, Level.WARNING, "unknown command", "+config|get");
        }
    }

    @Test
    void aServerWithoutResp3IsFoundAndExaminedAllTheSame() {
        try (RedisServer redis = RedisServer.start();
                RewritingProxy proxy = RewritingProxy.to(redis.port()).inCommands("HELLO", "HALLO")) {
            Report report = examine(proxy.url());

            assertFound(report, Check.PROTOCOL, Level.FAULT, "RESP2 only", "Redis 6.2 or later");
            assertThat(finding(report, Check.VERSION).level()).isIn(Level.OK, Level.NOTE);
            assertThat(finding(report, Check.RIGHTS).level()).isEqualTo(Level.OK);
            assertThat(finding(report, Check.TRACKING).level()).isEqualTo(Level.WARNING);
        }
    }

    @Test
    void aRenamedHelloIsFoundAlsoWithAPassword() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--rename-command", "HELLO", "")
                .password("sesame-7319")
                .start()) {
            Report report = examine("redis://:sesame-7319@127.0.0.1:" + redis.port());

            assertFound(report, Check.PROTOCOL, Level.FAULT, "RESP2 only", "undo a renamed HELLO");
            assertThat(report.toString()).doesNotContain("sesame");
        }
    }

    @Test
    void trackingThatMayNotBeTurnedOnIsFound() {
        try (RedisServer redis = RedisServer.builder()
                .user("app on >app-pass " + EVERYTHING + " -client +client|setname +client|info +client|kill")
                .start()) {
            Report report = examine(as(redis, "app", "app-pass"));

            assertFound(report, Check.TRACKING, Level.WARNING, "tracking off", "+client|tracking");
            assertOnlyBad(report, Check.TRACKING);
        }
    }

    @Test
    void invalidationsThatDoNotArriveAreFound() {
        try (RedisServer redis = RedisServer.start();
                RewritingProxy proxy = RewritingProxy.to(redis.port()).inReplies("invalidate", "in_a_proxy")) {
            Report report = examine(config(proxy.url()).connectTimeout(Duration.ofSeconds(2)));

            assertFound(report, Check.TRACKING, Level.WARNING, "no invalidation", "proxy");
            assertOnlyBad(report, Check.TRACKING);
        }
    }

    @Test
    void aFullMemoryIsFound() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--maxmemory", "1", "--maxmemory-policy", "noeviction")
                .start()) {
            Report report = examine(redis.url());

            assertFound(report, Check.MEMORY, Level.FAULT, "refused with OOM", "raise maxmemory");
            assertOnlyBad(report, Check.MEMORY, Check.EVICTION);
        }
    }

    @Test
    void aMemoryThatIsNotAsTheSettingsSayIsFound() {
        try (RedisServer redis =
                RedisServer.builder().arguments("--maxmemory", "100mb").start()) {
            CacheConfig.Builder settings =
                    config(redis.url()).maxMemory(64 << 20).maxMemoryPolicy("allkeys-lfu");

            assertFound(examine(settings), Check.MEMORY, Level.FAULT, "maxMemory is 67108864", "CONFIG SET maxmemory");
            assertFound(examine(settings), Check.EVICTION, Level.FAULT, "maxMemoryPolicy is allkeys-lfu", "CONFIG SET");
            assertThat(finding(examine(settings.manageServer(true)), Check.MEMORY)
                            .level())
                    .isEqualTo(Level.NOTE);
        }
    }

    @Test
    void aReplicaGivenAsMasterIsFound() {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.start()) {
            replica.command("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
            Awaitility.await().until(() -> "up".equals(replica.info().get("master_link_status")));

            Report report = examine(replica.url());

            assertFound(report, Check.TOPOLOGY, Level.FAULT, "a replica of 127.0.0.1", "name the master");
            assertOnlyBad(report, Check.TOPOLOGY);
        }
    }

    @Test
    void aClockTenSecondsOffIsFound() {
        TimeSource ahead = new TimeSource() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public long epochMillis() {
                return System.currentTimeMillis() + 10_000;
            }
        };
        try (RedisServer redis = RedisServer.start()) {
            Report report = new Doctor(ahead).examine(config(redis.url()).build());

            assertFound(report, Check.CLOCK, Level.FAULT, "ms behind this machine's", "NTP");
            assertOnlyBad(report, Check.CLOCK);
        }
    }

    @Test
    void aCertificateOfAnotherNameIsFoundBeforeThePasswordIsSent() throws IOException {
        try (TestCertificates certificates = TestCertificates.create();
                RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.tls(redis.port(), certificates)) {
            // 127.0.0.2 is this machine too, and not in the certificate
            try (RewritingProxy relay = RewritingProxy.at("127.0.0.2", proxy.port())) {
                String url = "rediss://:sesame-7319@127.0.0.2:" + relay.port();

                Report report =
                        examine(config(url).tlsCaFile(certificates.caPem().toString()));

                assertFound(report, Check.TLS, Level.FAULT, "names another host", "tlsVerifyHostname");
                assertThat(report.examined()).isFalse();
                assertThat(proxy.forwardedBytes(Direction.TO_SERVER)).isZero();
            }
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsFound() {
        try (TestCertificates certificates = TestCertificates.create();
                RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.tls(redis.port(), certificates)) {
            assertFound(examine(proxy.url()), Check.TLS, Level.FAULT, "no trusted authority", "tlsCaFile");
            assertThat(finding(
                                    examine(config(proxy.url())
                                            .tlsCaFile(certificates.caPem().toString())),
                                    Check.TLS)
                            .seen())
                    .isEqualTo("spoken");
        }
    }

    @Test
    void aPortThatSpeaksNoTlsIsFound() {
        try (RedisServer redis = RedisServer.start()) {
            Report report =
                    examine(config("rediss://127.0.0.1:" + redis.port()).connectTimeout(Duration.ofMillis(500)));

            assertFound(report, Check.TLS, Level.FAULT, "the handshake failed", "redis://");
        }
    }

    @Test
    void anOldServerIsFound() {
        try (RedisServer redis = RedisServer.start();
                RewritingProxy proxy = RewritingProxy.to(redis.port())
                        .inReplies(
                                "redis_version:"
                                        + redis.info()
                                                .getOrDefault("redis_version", "?")
                                                .charAt(0),
                                "redis_version:5")
                        .inReplies("valkey_version", "other__version")) {
            Report report = examine(proxy.url());

            assertFound(report, Check.VERSION, Level.FAULT, "too old", "Redis 7.0 or later");
            assertOnlyBad(report, Check.VERSION);
        }
    }

    @Test
    void aClusterWithSlotsThatNobodyServesIsFound() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--cluster-enabled", "yes", "--cluster-require-full-coverage", "no")
                .start()) {
            serveSlotsTo99(redis);
            Awaitility.await()
                    .until(() ->
                            String.valueOf(redis.command("CLUSTER", "INFO")).contains("cluster_state:ok"));

            Report report = examine(redis.url());

            assertFound(report, Check.CLUSTER, Level.FAULT, "16284 of 16384 slots", "--cluster fix");
            assertThat(finding(report, Check.RIGHTS).level()).isEqualTo(Level.OK);
            assertThat(finding(report, Check.TRACKING).level()).isEqualTo(Level.OK);
            assertOnlyBad(report, Check.CLUSTER);
            assertThat(redis.command("DBSIZE")).isEqualTo(0L);
        }
    }

    private static void serveSlotsTo99(RedisServer redis) {
        List<String> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.rangeClosed(0, 99).forEach(slot -> words.add(Integer.toString(slot)));
        redis.command(words.toArray(String[]::new));
    }

    @Test
    void aClusterThatIsDownIsFound() {
        try (RedisServer redis =
                RedisServer.builder().arguments("--cluster-enabled", "yes").start()) {
            serveSlotsTo99(redis);

            Report report = examine(redis.url());

            assertThat(report.findings())
                    .anyMatch(f -> f.check().equals("cluster") && f.seen().contains("cluster_state is fail"));
            assertThat(finding(report, Check.SCRIPTS).level()).isEqualTo(Level.SKIPPED);
        }
    }

    @Test
    void aClusterThatTheSettingsDoNotSayIsFound() {
        try (RedisServer redis =
                RedisServer.builder().arguments("--cluster-enabled", "yes").start()) {
            assertFound(
                    examine(config(redis.url()).topology("standalone")),
                    Check.TOPOLOGY,
                    Level.FAULT,
                    "a node of a Cluster",
                    "topology = cluster");
        }
        try (RedisServer redis = RedisServer.start()) {
            assertFound(
                    examine(config(redis.url()).topology("cluster")),
                    Check.TOPOLOGY,
                    Level.FAULT,
                    "a server alone",
                    "topology = standalone");
        }
    }

    @Test
    void sentinelsAreAskedAndTheirMasterIsExamined(@TempDir Path folder) throws IOException {
        try (RedisServer master = RedisServer.start()) {
            try (RedisServer sentinel = sentinel(folder, master.port(), 1)) {
                Report report = examine(config(sentinel.url()).sentinelMaster("orders"));

                assertThat(report.findings()).noneMatch(DoctorTest::isBad);
                assertFound(report, Check.SENTINEL, Level.NOTE, "only 1 Sentinels", "three");
                assertThat(report.findings())
                        .anyMatch(f -> f.check().equals("topology") && f.seen().equals("the master"));
                assertFound(
                        examine(config(sentinel.url()).sentinelMaster("other")),
                        Check.SENTINEL,
                        Level.FAULT,
                        "No such master",
                        "sentinel monitor");
                assertFound(examine(sentinel.url()), Check.TOPOLOGY, Level.FAULT, "a Sentinel", "sentinelMaster");
            }
            assertFound(
                    examine(config(master.url()).sentinelMaster("orders")),
                    Check.TOPOLOGY,
                    Level.FAULT,
                    "no Sentinel",
                    "26379");
        }
    }

    @Test
    void aQuorumThatCannotBeReachedIsFound(@TempDir Path folder) throws IOException {
        try (RedisServer master = RedisServer.start();
                RedisServer sentinel = sentinel(folder, master.port(), 2)) {
            Report report = examine(config(sentinel.url()).sentinelMaster("orders"));

            assertFound(report, Check.SENTINEL, Level.FAULT, "NOQUORUM", "bring the other Sentinels back");
        }
    }

    private static RedisServer sentinel(Path folder, int masterPort, int quorum) throws IOException {
        Path file = Files.writeString(
                folder.resolve("sentinel.conf"),
                "sentinel monitor orders 127.0.0.1 " + masterPort + " " + quorum + "\n");
        return RedisServer.builder()
                .arguments("--sentinel", "--include", file.toString())
                .start();
    }

    @Test
    void aServerThatIsNotThereIsFound() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        Report report = examine("redis://127.0.0.1:" + free);

        assertThat(report.examined()).isFalse();
        assertFound(report, Check.REACH, Level.FAULT, "no TCP connection", "start the server");
        assertFound(examine("redis://no-such-host.invalid"), Check.REACH, Level.FAULT, "not known", "correct url");
    }

    @Test
    void aServerThatSaysNothingIsFound() {
        try (RedisServer redis = RedisServer.start()) {
            redis.pause();
            Report report = examine(config(redis.url()).connectTimeout(Duration.ofMillis(200)));
            redis.resume();

            assertFound(report, Check.LOGIN, Level.FAULT, "connectTimeout = 200 ms", "not stopped");
            assertThat(report.examined()).isFalse();
        }
    }

    @Test
    void settingsWithoutARedisAreRefused() {
        assertThatThrownBy(() -> new Doctor(TimeSource.system())
                        .examine(CacheConfig.builder().build()))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("set url");
    }

    @Test
    void everyCheckIsInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "doctor.md"));

        assertThat(page.lines().filter(line -> line.startsWith("### ")).map(line -> line.substring(4)))
                .containsExactly(names());
    }

    private static String[] names() {
        return List.of(Check.values()).stream().map(Check::text).toArray(String[]::new);
    }
}
