package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.ConnectionStats.State;
import io.cacheservice.FailedOutcome;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every refusal of a server gives an error that names cause and remedy. */
class RefusedTest {
    private static CacheConnectionException refusal(ThrowingCallable call) {
        CacheConnectionException failure = catchThrowableOfType(CacheConnectionException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
        return failure;
    }

    private static CacheConnectionException refusal(CompletableFuture<?> answer) {
        return refusal(() -> await(answer));
    }

    @Test
    void aFullServerRefusesWritesAndScriptsThatStoreAndStillAnswersAndDeletes() {
        try (RedisServer redis = RedisServer.start();
                RemoteTier tier = Tiers.open(Tiers.config(redis.url()))) {
            await(tier.set(bytes("k"), bytes("v"), 60_000));
            redis.command("CONFIG", "SET", "maxmemory", "1");

            assertThatThrownBy(() -> await(tier.set(bytes("k2"), bytes("v"), 60_000)))
                    .isInstanceOf(CacheMemoryException.class)
                    .hasMessageContaining("maxmemory")
                    .hasMessageContaining("Remedy: raise maxmemory");
            assertThatThrownBy(() -> await(tier.setIfAbsent(bytes("k2"), bytes("v"), 60_000)))
                    .isInstanceOf(CacheMemoryException.class);
            assertThatThrownBy(() -> await(tier.increment(bytes("n"), 1, 60_000)))
                    .isInstanceOf(CacheMemoryException.class);
            assertThat(await(tier.get(bytes("k"), true)).bytes()).isEqualTo(bytes("v"));
            assertThat(await(tier.getAndDelete(bytes("k"))).bytes()).isEqualTo(bytes("v"));
            assertThat(await(tier.delete(bytes("k")))).isFalse();
        }
    }

    @Test
    void aMissingPasswordStopsTheStart() {
        try (RedisServer redis = RedisServer.builder().password("sesame-7319").start()) {
            assertThat(refusal(() -> Tiers.open(Tiers.config(redis.url()))))
                    .hasMessageContaining("NOAUTH")
                    .hasMessageContaining("set password or passwordFile");
        }
    }

    @Test
    void aWrongPasswordStopsTheStartAndIsNotTold() {
        try (RedisServer redis = RedisServer.builder().password("sesame-7319").start()) {
            String url = "redis://:wrong-4242@127.0.0.1:" + redis.port();

            CacheConnectionException failure = refusal(() -> Tiers.open(Tiers.config(url)));
            assertThat(failure).hasMessageContaining("WRONGPASS").hasMessageContaining("check username and password");
            assertThat(stackTraceOf(failure)).doesNotContain("wrong-4242").doesNotContain("sesame-7319");
        }
    }

    @Test
    void aPasswordFileThatCannotBeReadAfterALossIsAFailedConnectionAndNotADefectOfTheCall(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "first-1111\n");
        try (RedisServer redis = RedisServer.builder().password("first-1111").start();
                RemoteTier tier = Tiers.open(CacheConfig.builder()
                        .host("127.0.0.1")
                        .port(redis.port())
                        .passwordFile(file.toString()))) {
            Files.writeString(file, "");
            redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            Awaitility.await().until(() -> tier.connections().get(0).state() == State.DOWN);

            assertThat(refusal(tier.delete(bytes("k")))).hasMessageContaining("passwordFile");
        }
    }

    @Test
    void anErrorThatNobodyKnowsStopsTheStart() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--rename-command", "SELECT", "")
                .start()) {
            assertThatThrownBy(() -> Tiers.open(Tiers.config(redis.url() + "/1")))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("unknown command");
        }
    }

    @Test
    void aDatabaseOtherThanTheFirstOfAClusterNodeStopsTheStart() {
        try (RedisServer redis = RedisServer.builder()
                .arguments("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf")
                .start()) {
            assertThat(refusal(() -> Tiers.open(Tiers.config(redis.url() + "/1"))))
                    .hasMessageContaining("set db = 0");
        }
    }

    @Test
    void aServerThatHidesCommandsOfTheOpeningIsUsedWithoutThem() {
        try (RedisServer redis = RedisServer.builder()
                        .arguments("--rename-command", "CLIENT", "")
                        .start();
                RemoteTier tier = Tiers.open(Tiers.config(redis.url()))) {
            await(tier.set(bytes("k"), bytes("v"), 60_000));

            assertThat(await(tier.get(bytes("k"), true)).bytes()).isEqualTo(bytes("v"));
        }
    }

    @Test
    void aServerThatDoesNotKnowHelloIsToldWithoutThePasswordThatItQuotes() {
        try (RedisServer redis = RedisServer.builder()
                .password("sesame-7319")
                .arguments("--rename-command", "HELLO", "")
                .start()) {
            String url = "redis://:sesame-7319@127.0.0.1:" + redis.port();

            CacheConnectionException failure = refusal(() -> Tiers.open(Tiers.config(url)));
            assertThat(failure).hasMessageContaining("does not speak the protocol RESP3");
            assertThat(stackTraceOf(failure)).doesNotContain("sesame-7319");
        }
    }

    @Test
    void aUserWithoutRightsIsToldWhich() {
        try (RedisServer redis = RedisServer.builder()
                .user("reader on >reader-pass ~cache:* +get +getrange +pttl +hello +client|setname +select")
                .start()) {
            String url = "redis://reader:reader-pass@127.0.0.1:" + redis.port();
            try (RemoteTier tier = Tiers.open(Tiers.config(url))) {
                assertThat(await(tier.get(bytes("cache:k"), true)).bytes()).isNull();
                assertThat(refusal(tier.set(bytes("cache:k"), bytes("v"), 60_000)))
                        .hasMessageContaining("NOPERM")
                        .hasMessageContaining("'set'")
                        .hasMessageContaining("ACL SETUSER");
                assertThat(refusal(tier.get(bytes("other"), true))).hasMessageContaining("NOPERM");
            }
        }
    }

    @Test
    void aUserWhoMayNotReadTheKeysStopsTheStart() {
        try (RedisServer redis = RedisServer.builder()
                .user("alien on >alien-pass ~elsewhere:* +@all")
                .start()) {
            String url = "redis://alien:alien-pass@127.0.0.1:" + redis.port();

            assertThat(refusal(() -> Tiers.open(Tiers.config(url)))).hasMessageContaining("NOPERM");
        }
    }

    @Test
    void aReplicaRefusesWrites() {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.start()) {
            replica.command("REPLICAOF", "127.0.0.1", String.valueOf(master.port()));
            try (RemoteTier tier = Tiers.open(Tiers.config(replica.url()))) {
                assertThat(refusal(tier.set(bytes("k"), bytes("v"), 60_000)))
                        .hasMessageContaining("READONLY")
                        .hasMessageContaining("connect to the master");
                assertThat(refusal(tier.setIfAbsent(bytes("k"), bytes("v"), 60_000)))
                        .hasMessageContaining("READONLY");
            }
        }
    }

    @Test
    void aReplicaThatLostItsMasterAndServesNoStaleDataSaysSo() {
        try (RedisServer redis = RedisServer.start();
                RemoteTier tier = Tiers.open(Tiers.config(redis.url()))) {
            redis.command("CONFIG", "SET", "replica-serve-stale-data", "no");
            redis.command("REPLICAOF", "127.0.0.1", "1");

            assertThat(refusal(tier.get(bytes("k"), true))).hasMessageContaining("MASTERDOWN");
        }
    }

    @Test
    void aServerThatCannotSaveSaysSo() {
        try (RedisServer redis =
                        RedisServer.builder().arguments("--save", "3600 1").start();
                RemoteTier tier = Tiers.open(Tiers.config(redis.url()))) {
            redis.command("SET", "a", "b");
            List<?> dir = (List<?>) Objects.requireNonNull(redis.command("CONFIG", "GET", "dir"));
            Path folder = Path.of(String.valueOf(dir.get(1)));
            Path obstacle = folder.resolve("dump.rdb");
            assertThat(obstacle.toFile().mkdir()).isTrue();
            assertThat(obstacle.resolve("in-the-way").toFile().mkdir()).isTrue();
            redis.command("BGSAVE");
            Awaitility.await().until(() -> "err".equals(redis.info().get("rdb_last_bgsave_status")));

            assertThat(refusal(tier.set(bytes("k"), bytes("v"), 60_000)))
                    .hasMessageContaining("MISCONF")
                    .hasMessageContaining("free its disk");
        }
    }

    @Test
    void aClusterNodeWithoutItsSlotsSaysSo() {
        try (RedisServer redis = RedisServer.builder()
                        .arguments("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf")
                        .start();
                RemoteTier tier = Tiers.open(Tiers.config(redis.url()))) {
            assertThat(refusal(tier.get(bytes("k"), true))).hasMessageContaining("CLUSTERDOWN");
        }
    }

    @Test
    void aServerWithTooManyClientsIsToldAndTriedAgain() {
        try (RedisServer redis = RedisServer.start()) {
            redis.command("PING");
            redis.command("CONFIG", "SET", "maxclients", "1");
            try (RemoteTier tier = Tiers.open(Tiers.config(redis.url()).poolSize(1))) {
                assertThat(refusal(tier.get(bytes("k"), true)))
                        .hasMessageContaining("max number of clients")
                        .hasMessageContaining("maxclients");
                redis.command("CONFIG", "SET", "maxclients", "100");

                Awaitility.await()
                        .ignoreExceptionsInstanceOf(CacheConnectionException.class)
                        .untilAsserted(() -> assertThat(
                                        await(tier.get(bytes("k"), true)).bytes())
                                .isNull());
            }
        }
    }

    @Test
    void aDatabaseThatIsNotThereStopsTheStart() {
        try (RedisServer redis =
                RedisServer.builder().arguments("--databases", "4").start()) {
            assertThat(refusal(() -> Tiers.open(Tiers.config(redis.url() + "/9"))))
                    .hasMessageContaining("DB index is out of range")
                    .hasMessageContaining("lower db");
        }
    }

    @Test
    void theDatabaseAndTheClientNameAreThoseOfTheSettings() {
        try (RedisServer redis = RedisServer.start();
                RemoteTier tier = Tiers.open(Tiers.config(redis.url() + "/3").clientName("billing"))) {
            await(tier.set(bytes("k"), bytes("v"), 60_000));

            assertThat(String.valueOf(redis.command("CLIENT", "LIST"))).contains("name=billing", "db=3");
            redis.command("SELECT", "3");
            assertThat(redis.command("GET", "k")).isEqualTo("v");
        }
    }

    private static String stackTraceOf(Throwable failure) {
        var text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
