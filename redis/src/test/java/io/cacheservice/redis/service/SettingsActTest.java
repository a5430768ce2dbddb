package io.cacheservice.redis.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheService;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.EntryFormat;
import io.cacheservice.EvictionCause;
import io.cacheservice.Tier;
import io.cacheservice.Tiers;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.config.Setting;
import io.cacheservice.internal.config.Settings;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisSentinels;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.TestCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That each setting really acts, seen from outside: one test a row, named by the setting up to the underscore. The settings
 * of the program have theirs beside the program.
 */
class SettingsActTest {
    private static RedisServer server;
    private static TestCertificates certificates;

    @BeforeAll
    static void start() {
        server = RedisServer.builder().user("app on >app-secret ~* &* +@all").start();
        certificates = TestCertificates.create();
    }

    @AfterAll
    static void stop() {
        server.close();
        certificates.close();
    }

    @BeforeEach
    void empty() {
        server.command("FLUSHALL");
    }

    @Test
    void everySettingHasItsRow() {
        Set<String> rows = Arrays.stream(SettingsActTest.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.contains("_"))
                .map(name -> name.substring(0, name.indexOf('_')))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> settings = Settings.all().stream()
                .map(Setting::name)
                .filter(name -> !name.startsWith("server."))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows).containsAll(settings);
    }

    @Test
    void url_isWhereCommandsGo() {
        onRedis(
                wide(CacheConfig.builder().url("redis://app:app-secret@127.0.0.1:" + server.port() + "/3")),
                service -> {
                    service.set("k", bytes("v"));
                    assertThat(keysOf(3)).containsExactly("cache::k");
                });
    }

    @Test
    void host_isWhereCommandsGo() {
        onRedis(here(), service -> {
            service.set("k", bytes("v"));
            assertThat(server.command("EXISTS", "cache::k")).isEqualTo(1L);
        });
    }

    @Test
    void port_isWhereCommandsGo() throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server.port())) {
            onRedis(wide(CacheConfig.builder().host("127.0.0.1").port(proxy.port())), service -> {
                service.set("k", bytes("v"));
                assertThat(proxy.acceptedConnections()).isPositive();
            });
        }
    }

    @Test
    void username_isWhoTheServerSees() {
        onRedis(here().username("app").password("app-secret"), service -> {
            service.set("k", bytes("v"));
            assertThat(clients("cache-service")).allMatch(client -> "app".equals(client.get("user")));
        });
    }

    @Test
    void password_isChecked() {
        assertThatThrownBy(() -> CacheService.open(
                        here().username("app").password("wr-4242").build()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("WRONGPASS")
                .satisfies(failure -> assertThat(stackTraceOf(failure)).doesNotContain("wr-4242"));
    }

    @Test
    void passwordFile_isReadAnewAtEveryConnect(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "rotating-1\n");
        server.command("ACL", "SETUSER", "rotating", "on", ">rotating-1", "~*", "&*", "+@all");
        onRedis(here().username("rotating").passwordFile(file.toString()).poolSize(1), service -> {
            service.set("k", bytes("v"));
            server.command("ACL", "SETUSER", "rotating", ">rotating-2", "<rotating-1");
            Files.writeString(file, "rotating-2\n");
            for (Map<String, String> client : clients("cache-service")) {
                server.command("CLIENT", "KILL", "ID", String.valueOf(client.get("id")));
            }
            Awaitility.await()
                    .ignoreExceptionsInstanceOf(CacheException.class)
                    .until(() -> service.set("k", bytes("v2")) == WriteOutcome.APPLIED);
        });
    }

    @Test
    void db_isTheDatabaseSelected() {
        onRedis(here().db(5), service -> {
            service.set("k", bytes("v"));
            assertThat(keysOf(5)).containsExactly("cache::k");
            assertThat(keysOf(0)).isEmpty();
        });
    }

    @Test
    void tls_encryptsAndTlsCaFileIsWhatIsTrusted() throws IOException {
        try (FaultProxy proxy = FaultProxy.tls(server.port(), certificates)) {
            onRedis(behind(proxy).tlsCaFile(certificates.caPem().toString()), service -> {
                service.set("k", bytes("v"));
                assertThat(server.command("EXISTS", "cache::k")).isEqualTo(1L);
            });
        }
    }

    @Test
    void tlsCaFile_isNeededForAnUnknownAuthority() throws IOException {
        try (FaultProxy proxy = FaultProxy.tls(server.port(), certificates)) {
            tlsRefused(behind(proxy));
        }
    }

    @Test
    void tlsCertFile_isShownToAServerThatAsks() throws IOException {
        try (FaultProxy proxy = FaultProxy.mutualTls(server.port(), certificates)) {
            CacheConfig.Builder settings =
                    behind(proxy).tlsCaFile(certificates.caPem().toString());
            tlsRefused(settings);
            onRedis(
                    settings.tlsCertFile(certificates.clientCertificatePem().toString())
                            .tlsKeyFile(certificates.clientKeyPem().toString()),
                    service -> service.set("k", bytes("v")));
        }
    }

    @Test
    void tlsKeyFile_isNeededWithTheCertificate() {
        assertThatThrownBy(() -> here().tls(true)
                        .tlsCertFile(certificates.clientCertificatePem().toString())
                        .build())
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("tlsKeyFile");
    }

    @Test
    void tlsVerifyHostname_refusesAnotherNameUnlessSwitchedOff() throws IOException {
        try (TestCertificates elsewhere = TestCertificates.createFor("dns:elsewhere.test");
                FaultProxy proxy = FaultProxy.tls(server.port(), elsewhere)) {
            CacheConfig.Builder settings =
                    behind(proxy).host("127.0.0.1").tlsCaFile(elsewhere.caPem().toString());
            tlsRefused(settings);
            onRedis(settings.tlsVerifyHostname(false), service -> {
                service.set("k", bytes("v"));
                assertThat(server.command("EXISTS", "cache::k")).isEqualTo(1L);
            });
        }
    }

    @Test
    void clientName_isShownByTheServer() {
        onRedis(here().clientName("billing-7"), service -> {
            service.set("k", bytes("v"));
            assertThat(clients("billing-7")).isNotEmpty();
        });
    }

    @Test
    void keyPrefix_beginsEveryKey() {
        onRedis(here().keyPrefix("shop:"), service -> {
            service.set("k", bytes("v"));
            service.cache("names", String.class).open().put("k", "v");
            assertThat(keysOf(0)).contains("shop::k", "shop:names:k").allMatch(key -> key.startsWith("shop:"));
        });
    }

    @Test
    void defaultTtl_isTheLifeOfEntriesStoredWithoutOne() {
        onRedis(here().defaultTtl(Duration.ofSeconds(90)), service -> {
            service.set("k", bytes("v"));
            assertThat(Ask.number(server, "PTTL", "cache::k")).isBetween(60_000L, 90_000L);
        });
    }

    @Test
    void maxMemory_boundsTheLocalTierAndIsVerifiedAgainstTheServer() {
        try (CacheService service =
                CacheService.open(CacheConfig.builder().maxMemory(1 << 20).build())) {
            for (int i = 0; i < 10_000; i++) {
                service.set("k" + i, new byte[1_000]);
            }
            assertThat(service.stats().localBytes()).isLessThanOrEqualTo(1 << 20);
        }
        assertThatThrownBy(() -> CacheService.open(here().maxMemory(77 << 20).build()))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("maxMemory = 80740352")
                .hasMessageContaining("is 0")
                .hasMessageContaining("manageServer");
    }

    @Test
    void maxMemoryPolicy_isKeptByTheLocalTierAndVerifiedAgainstTheServer() {
        try (CacheService service = CacheService.open(CacheConfig.builder()
                .maxMemory(1 << 20)
                .maxMemoryPolicy("noeviction")
                .build())) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            service.set("k" + i, new byte[1_000]);
                        }
                    })
                    .isInstanceOf(CacheMemoryException.class);
        }
        assertThatThrownBy(() ->
                        CacheService.open(here().maxMemoryPolicy("volatile-lru").build()))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("maxMemoryPolicy = volatile-lru")
                .hasMessageContaining("is noeviction");
        onRedis(here().maxMemoryPolicy("noeviction"), service -> service.set("k", bytes("v")));
    }

    @Test
    void manageServer_setsTheBoundAndThePolicyOnTheServerAndAgainAfterItsRestart() {
        try (RedisServer own = RedisServer.start();
                CacheService service =
                        CacheService.open(wide(CacheConfig.builder().url(own.url()))
                                .maxMemory(64 << 20)
                                .maxMemoryPolicy("allkeys-lru")
                                .manageServer(true)
                                .build())) {
            service.set("k", bytes("v"));
            assertThat(own.command("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "67108864"));
            assertThat(own.command("CONFIG", "GET", "maxmemory-policy"))
                    .isEqualTo(List.of("maxmemory-policy", "allkeys-lru"));
            own.restart();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(own.command("CONFIG", "GET", "maxmemory"))
                            .isEqualTo(List.of("maxmemory", "67108864")));
        }
    }

    @Test
    void poolSize_isTheNumberOfConnections() {
        onRedis(here().poolSize(3).minIdleConns(1).clientName("pool-3"), service -> {
            for (int i = 0; i < 200; i++) {
                service.set("k" + i, bytes("v"));
            }
            assertThat(clients("pool-3")).hasSize(3);
        });
    }

    @Test
    void minIdleConns_isTheNumberOfConnectionsOpenedAtTheStart() {
        onRedis(
                here().poolSize(4).minIdleConns(2).clientName("idle-2"),
                service -> Awaitility.await()
                        .untilAsserted(() -> assertThat(clients("idle-2")).hasSize(2)));
    }

    @Test
    void connectTimeout_boundsAConnectToAServerThatSaysNothing() throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server.port())) {
            proxy.blackhole(Direction.TO_CLIENT);
            CacheConfig settings = CacheConfig.builder()
                    .url(proxy.url())
                    .connectTimeout(Duration.ofMillis(150))
                    .build();
            try (CacheService service = CacheService.open(settings)) {
                Awaitility.await()
                        .untilAsserted(() -> assertThat(service.stats().connections())
                                .anySatisfy(lane -> assertThat(lane.lastError()).contains("connectTimeout")));
            }
        }
    }

    @Test
    void readTimeout_boundsARead() {
        onRedis(here().readTimeout(Duration.ofMillis(30)).writeTimeout(Duration.ofMinutes(1)), service -> {
            service.set("k", bytes("v"));
            server.pause();
            try {
                assertThatThrownBy(() -> service.get("k"))
                        .isInstanceOf(CacheTimeoutException.class)
                        .hasMessageContaining("readTimeout")
                        .hasMessageContaining("30");
            } finally {
                server.resume();
            }
        });
    }

    @Test
    void writeTimeout_boundsAWrite() {
        onRedis(here().writeTimeout(Duration.ofMillis(40)).readTimeout(Duration.ofMinutes(1)), service -> {
            service.set("k", bytes("v"));
            server.command("CLIENT", "PAUSE", "2000", "WRITE");
            try {
                assertThatThrownBy(() -> service.set("k", bytes("v2")))
                        .isInstanceOf(CacheTimeoutException.class)
                        .hasMessageContaining("writeTimeout")
                        .hasMessageContaining("40");
            } finally {
                server.command("CLIENT", "UNPAUSE");
            }
        });
    }

    @Test
    void maxPending_boundsWhatWaitsOnAConnection() {
        onRedis(here().maxPending(10).poolSize(1).minIdleConns(1).writeTimeout(Duration.ofMinutes(1)), service -> {
            service.set("k", bytes("v"));
            server.pause();
            List<CompletableFuture<WriteOutcome>> writes = new ArrayList<>();
            try {
                for (int i = 0; i < 30; i++) {
                    writes.add(service.async().set("k" + i, bytes("v")));
                }
                Awaitility.await()
                        .until(() -> writes.stream()
                                        .filter(CompletableFuture::isCompletedExceptionally)
                                        .count()
                                >= 20);
            } finally {
                server.resume();
            }
            Awaitility.await().until(() -> writes.stream().allMatch(CompletableFuture::isDone));
            assertThat(writes.stream().filter(write -> !write.isCompletedExceptionally()))
                    .hasSize(10);
        });
    }

    @Test
    void breakerPause_isHowLongAServerThatDoesNotAnswerIsLeftAlone() {
        assertThat(messagesOfFailedReads(Duration.ofMinutes(5))).anyMatch(text -> text.contains("breakerPause"));
        assertThat(messagesOfFailedReads(Duration.ZERO)).isNotEmpty().allMatch(text -> text.contains("readTimeout"));
    }

    private List<String> messagesOfFailedReads(Duration pause) {
        List<String> messages = new ArrayList<>();
        onRedis(here().readTimeout(Duration.ofMillis(10)).breakerPause(pause), service -> {
            service.set("k", bytes("v"));
            server.pause();
            try {
                for (int i = 0; i < 130; i++) {
                    try {
                        service.get("k");
                    } catch (CacheException failure) {
                        messages.add(String.valueOf(failure.getMessage()));
                    }
                }
            } finally {
                server.resume();
            }
        });
        return messages;
    }

    @Test
    void journalSize_boundsTheInvalidationsThatAreKept() {
        try (RedisServer own = RedisServer.start();
                CacheService service =
                        CacheService.open(wide(CacheConfig.builder().url(own.url()))
                                .journalSize(1)
                                .build())) {
            var cache = service.cache("names", String.class)
                    .format(EntryFormat.RAW)
                    .loader(key -> "v")
                    .open();
            own.kill();
            Awaitility.await().until(() -> cache.invalidate("a") == WriteOutcome.QUEUED);
            assertThatThrownBy(() -> cache.invalidate("b")).isInstanceOf(CacheException.class);
        }
    }

    @Test
    void journalFile_keepsInvalidationsForTheNextProcess(@TempDir Path folder) {
        try (RedisServer own = RedisServer.start()) {
            CacheConfig config = wide(CacheConfig.builder().url(own.url()))
                    .journalFile(folder.resolve("journal").toString())
                    .build();
            own.kill();
            try (CacheService service = CacheService.open(config)) {
                var cache =
                        service.cache("names", String.class).loader(key -> "v").open();
                assertThat(cache.invalidate("a")).isEqualTo(WriteOutcome.QUEUED);
            }
            try (CacheService service = CacheService.open(config)) {
                assertThat(service.stats().journaled()).isEqualTo(1);
            }
        }
    }

    @Test
    void clearOldData_saysWhetherASnapshotIsBelieved() {
        assertThat(loadsAfterARestartFromASnapshot(true)).isEqualTo(2);
        assertThat(loadsAfterARestartFromASnapshot(false)).isEqualTo(1);
    }

    private int loadsAfterARestartFromASnapshot(boolean clears) {
        AtomicInteger loads = new AtomicInteger();
        try (RedisServer own = RedisServer.start();
                CacheService service =
                        CacheService.open(wide(CacheConfig.builder().url(own.url()))
                                .clearOldData(clears)
                                .build())) {
            var cache = service.cache("loads", Integer.class)
                    .tiers(Tiers.REMOTE_ONLY)
                    .loader(key -> loads.incrementAndGet())
                    .open();
            cache.get("k");
            own.command("SAVE");
            own.kill();
            own.restart();
            Awaitility.await()
                    .until(() -> service.stats().connections().stream().anyMatch(lane -> lane.opened() == 2));
            Awaitility.await().until(() -> service.stats().journaled() == 0);
            cache.get("k");
            return loads.get();
        }
    }

    @Test
    void maxKeyBytes_boundsKeys() {
        onRedis(here().maxKeyBytes(4), service -> {
            service.set("1234", bytes("v"));
            assertThatThrownBy(() -> service.set("12345", bytes("v")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxKeyBytes");
        });
    }

    @Test
    void maxValueBytes_boundsValues() {
        onRedis(here().maxValueBytes(100), service -> {
            service.set("k", new byte[100]);
            assertThatThrownBy(() -> service.set("k", new byte[101]))
                    .isInstanceOf(CacheMemoryException.class)
                    .hasMessageContaining("maxValueBytes");
        });
    }

    @Test
    void encryptionKeysFile_hidesValuesFromRedis(@TempDir Path folder) throws IOException {
        Path keys = Files.writeString(folder.resolve("keys"), "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        onRedis(here().encryptionKeysFile(keys.toString()), service -> {
            service.set("k", bytes("a secret"));
            assertThat(String.valueOf(server.command("GET", "cache::k"))).doesNotContain("secret");
            assertThat(service.get("k")).isEqualTo(bytes("a secret"));
        });
    }

    @Test
    void compression_isRefusedWhereNothingCanCompress() {
        assertThatThrownBy(() -> CacheService.open(here().compression("lz4").build()))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("compression lz4")
                .hasMessageContaining("io.cacheservice:cache-service-compression");
    }

    @Test
    void topology_shardsSpreadsTheKeys() {
        try (RedisServer other = RedisServer.start()) {
            CacheConfig.Builder shards =
                    here().nodes(List.of("127.0.0.1:" + other.port())).topology("shards");
            onRedis(shards, service -> {
                for (int i = 0; i < 100; i++) {
                    service.set("shared-out-" + i, bytes("v"));
                }
            });
            long there = (Long) requireNonNull(other.command("DBSIZE"));
            assertThat(there).isBetween(20L, 80L);
        }
    }

    @Test
    void sentinelMaster_isAskedOfTheSentinels() {
        try (RedisSentinels group =
                RedisSentinels.builder().masterName("orders").start()) {
            onRedis(under(group), service -> service.set("k", bytes("v")));
            assertThat(group.master().command("DBSIZE")).isEqualTo(1L);
            assertThatThrownBy(() -> CacheService.open(
                            under(group).sentinelMaster("invoices").build()))
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContaining("sentinelMaster = invoices");
        }
    }

    @Test
    void sentinelPassword_letsUsAskTheSentinels() {
        try (RedisSentinels group = guarded()) {
            onRedis(under(group).sentinelPassword("sesame-32"), service -> service.set("k", bytes("v")));
            try (CacheService nobody = CacheService.open(under(group).build())) {
                assertThatThrownBy(() -> nobody.set("k", bytes("v")))
                        .isInstanceOf(CacheConnectionException.class)
                        .hasMessageContaining("no Sentinel")
                        .hasMessageContaining("NOAUTH");
            }
        }
    }

    @Test
    void sentinelUsername_isWhoAsksTheSentinels() {
        try (RedisSentinels group = guarded()) {
            CacheConfig.Builder there = under(group).sentinelUsername("watcher").sentinelPassword("sesame-31");
            onRedis(there, service -> service.set("k", bytes("v")));
        }
    }

    @Test
    void sentinelPasswordFile_isReadForTheSentinels(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "sesame-32\n");
        try (RedisSentinels group = guarded()) {
            onRedis(under(group).sentinelPasswordFile(file.toString()), service -> service.set("k", bytes("v")));
        }
    }

    private static RedisSentinels guarded() {
        return RedisSentinels.builder()
                .replicas(0)
                .eachSentinel(sentinel ->
                        sentinel.user("watcher on >sesame-31 +@all &*").password("sesame-32"))
                .start();
    }

    private static CacheConfig.Builder under(RedisSentinels group) {
        return CacheConfig.builder().nodes(group.sentinelAddresses()).sentinelMaster(group.masterName());
    }

    @Test
    void zones_areAllWritten() {
        try (RedisServer other = RedisServer.start()) {
            onRedis(
                    CacheConfig.builder()
                            .zones(List.of("a=" + server.url(), "b=" + other.url()))
                            .zone("a"),
                    service -> service.set("k", bytes("v")));
            assertThat(server.command("EXISTS", "cache::k")).isEqualTo(1L);
            assertThat(other.command("EXISTS", "cache::k")).isEqualTo(1L);
        }
    }

    @Test
    void zone_isReadFirst() {
        try (RedisServer other = RedisServer.start()) {
            CacheConfig.Builder both = CacheConfig.builder().zones(List.of("a=" + server.url(), "b=" + other.url()));
            onRedis(both.zone("b").readTimeout(Duration.ofSeconds(2)), service -> {
                service.set("k", bytes("v"));
                server.command("DEL", "cache::k");
                assertThat(service.get("k")).isEqualTo(bytes("v"));
                other.command("SET", "cache::k", "42");
                Awaitility.await()
                        .untilAsserted(() -> assertThat(service.get("k")).isEqualTo(bytes("42")));
            });
        }
    }

    @Test
    void nodes_namesWhereRedisIs() {
        try (RedisServer other = RedisServer.start()) {
            CacheConfig.Builder there = wide(CacheConfig.builder())
                    .nodes(List.of("127.0.0.1:" + other.port()))
                    .topology("standalone");
            onRedis(there, service -> service.set("k", bytes("v")));
            assertThat(other.command("DBSIZE")).isEqualTo(1L);
        }
    }

    @Test
    void localMaxMemory_boundsTheCopiesInThisProcess() {
        onRedis(here().put("localMaxMemory", "1mb", "a test"), service -> {
            for (int i = 0; i < 100; i++) {
                service.set("k" + i, new byte[50_000]);
                service.get("k" + i);
            }
            assertThat(service.stats().localBytes()).isBetween(1L, 1L << 20);
            assertThat(service.get("k0")).hasSize(50_000);
        });
    }

    /** That it acts needs a JVM with a small heap: {@code HeapPressureProcessTest} of core has one. */
    @Test
    void heapPressure_leavesLocalCopiesAloneWhereTheHeapHasRoom() {
        onRedis(here().heapPressure(0.95), service -> {
            service.set("k", bytes("v"));
            service.get("k");
            System.gc();
            assertThat(service.lookup("k").tier()).isEqualTo(Tier.LOCAL);
            assertThat(service.stats().evictions()).containsEntry(EvictionCause.HEAP, 0L);
        });
    }

    @Test
    void maxStaleness_saysWhetherThisProcessKeepsCopies() {
        onRedis(here().clientName("near").put("maxStaleness", "10s", "a test"), service -> {
            service.set("k", bytes("v"));
            assertThat(service.lookup("k").tier()).isEqualTo(Tier.REMOTE);
            assertThat(service.lookup("k").tier()).isEqualTo(Tier.LOCAL);
            assertThat(clients("near"))
                    .singleElement()
                    .satisfies(client -> assertThat(client.get("flags")).contains("t"));
        });
        onRedis(here().clientName("far").put("maxStaleness", "none", "a test"), service -> {
            service.set("k", bytes("v"));
            assertThat(service.lookup("k").tier()).isEqualTo(Tier.REMOTE);
            assertThat(service.lookup("k").tier()).isEqualTo(Tier.REMOTE);
            assertThat(clients("far"))
                    .singleElement()
                    .satisfies(client -> assertThat(client.get("flags")).doesNotContain("t"));
        });
    }

    @Test
    void coherenceSampleInterval_isHowOftenLocalCopiesAreComparedOrThatTheyAreNot() {
        onRedis(wide(here()).coherenceSampleInterval(Duration.ofMillis(1)), often -> {
            onRedis(wide(here()).coherenceSampleInterval(Duration.ZERO), never -> {
                often.get("k");
                never.get("k");
                Awaitility.await().until(() -> often.coherence().samples().compared() > 20);
                assertThat(never.coherence().samples().compared()).isZero();
                assertThat(never.coherence().pushLag().samples()).isZero();
            });
        });
    }

    @Test
    void refreshInterval_reloadsWhatWasReadSince() {
        assertThat(reloads(ticking().refreshInterval(Duration.ofMillis(50)))).isTrue();
    }

    @Test
    void refreshProb_saysHowManyOfThemAreReloaded() {
        assertThat(reloads(ticking().refreshProb(1))).isTrue();
    }

    @Test
    void ttlThreshold_saysHowNearTheirEndTheyMustBe() {
        assertThat(reloads(ticking().ttlThreshold(Duration.ofHours(2)))).isTrue();
    }

    private static CacheConfig.Builder ticking() {
        return here().refreshInterval(Duration.ofMillis(100))
                .refreshProb(1)
                .ttlThreshold(Duration.ofHours(1))
                .defaultTtl(Duration.ofMinutes(1));
    }

    /** Whether a key that is read once is loaded again without anybody who asks for it. */
    private static boolean reloads(CacheConfig.Builder settings) {
        AtomicInteger loads = new AtomicInteger();
        onRedis(settings, service -> {
            service.source("k", key -> bytes("load " + loads.incrementAndGet()));
            service.get("k");
            service.get("k");
            Awaitility.await().until(() -> loads.get() > 1);
        });
        return loads.get() > 1;
    }

    private static CacheConfig.Builder here() {
        return wide(CacheConfig.builder().host("127.0.0.1").port(server.port()));
    }

    private static CacheConfig.Builder behind(FaultProxy proxy) {
        return wide(CacheConfig.builder().host("localhost").port(proxy.port()).tls(true));
    }

    /** Budgets so long that only what hangs misses them; narrowed where a test is about one. */
    private static CacheConfig.Builder wide(CacheConfig.Builder settings) {
        return settings.readTimeout(Duration.ofSeconds(10)).writeTimeout(Duration.ofSeconds(10));
    }

    /** A server that this client does not trust, or that does not trust it, stops the start. */
    private static void tlsRefused(CacheConfig.Builder settings) {
        assertThatThrownBy(() -> {
                    try (CacheService service = CacheService.open(settings.build())) {
                        service.set("k", bytes("v"));
                    }
                })
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("the TLS handshake failed");
        assertThat(server.command("EXISTS", "cache::k")).isEqualTo(0L);
    }

    @FunctionalInterface
    private interface Check {
        void on(CacheService service) throws IOException;
    }

    private static void onRedis(CacheConfig.Builder settings, Check check) {
        try (CacheService service = CacheService.open(settings.build())) {
            check.on(service);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String stackTraceOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static List<String> keysOf(int db) {
        server.command("SELECT", Integer.toString(db));
        try {
            return Ask.texts(server, "KEYS", "*");
        } finally {
            server.command("SELECT", "0");
        }
    }

    private static List<Map<String, String>> clients(String name) {
        Pattern field = Pattern.compile("([a-z-]+)=(\\S*)");
        return String.valueOf(server.command("CLIENT", "LIST"))
                .lines()
                .map(line -> {
                    Map<String, String> fields = new java.util.HashMap<>();
                    Matcher matcher = field.matcher(line);
                    while (matcher.find()) {
                        fields.put(matcher.group(1), matcher.group(2));
                    }
                    return fields;
                })
                .filter(fields -> name.equals(fields.get("name")))
                .collect(Collectors.toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
