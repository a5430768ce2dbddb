package io.cacheservice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RedisSentinelsTest {
    @Test
    void aStartedSetHasAMasterWithReplicasAndSentinelsThatNameItAndACloseEndsItsProcesses() {
        Set<Long> before = childProcesses();
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            RedisServer master = sentinels.master();
            assertThat(sentinels.masterName()).isEqualTo("mymaster");
            assertThat(sentinels.servers()).hasSize(3).startsWith(master);
            assertThat(sentinels.replicas()).hasSize(2).doesNotContain(master);
            assertThat(sentinels.sentinels()).hasSize(3);
            assertThat(sentinels.sentinelAddresses())
                    .isEqualTo(sentinels.sentinels().stream()
                            .map(sentinel -> "127.0.0.1:" + sentinel.port())
                            .toList());
            assertThat(sentinels.sentinels())
                    .allSatisfy(
                            sentinel -> assertThat(sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster"))
                                    .isEqualTo(List.of("127.0.0.1", Integer.toString(master.port()))));

            master.command("SET", "k", "v");
            sentinels.awaitReplicasInSync();
            assertThat(sentinels.replicas())
                    .allSatisfy(
                            replica -> assertThat(replica.command("GET", "k")).isEqualTo("v"));
        }
        assertThat(childProcesses()).isEqualTo(before);
    }

    @Test
    void aStartThatFailsLeavesNoProcess() {
        Set<Long> before = childProcesses();
        AtomicInteger started = new AtomicInteger();
        assertThatThrownBy(() -> RedisSentinels.builder()
                        .eachSentinel(sentinel -> started.incrementAndGet() < 3
                                ? sentinel
                                : sentinel.arguments("--loglevel", "no-such-level"))
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-level");
        assertThat(started).hasValue(3);
        assertThat(childProcesses()).isEqualTo(before);
    }

    @Test
    void optionsThatMakeNoSetAreRefusedByName() {
        assertThatThrownBy(() -> RedisSentinels.builder().sentinels(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sentinels is 0");
        assertThatThrownBy(() -> RedisSentinels.builder().sentinels(3).quorum(4).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quorum is 4");
    }

    @Test
    void aReplicaTakesThePlaceOfAKilledMasterWhichComesBackAsItsReplica() {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            sentinels.master().command("SET", "k", "v");
            sentinels.awaitReplicasInSync();

            RedisServer old = sentinels.killMaster();
            RedisServer promoted = sentinels.awaitMasterOtherThan(old);
            assertThat(sentinels.master()).isSameAs(promoted).isNotSameAs(old);
            assertThat(promoted.command("GET", "k")).isEqualTo("v");
            assertThat(promoted.command("SET", "k", "w")).isEqualTo("OK");

            old.restart();
            sentinels.awaitHealthy();
            assertThat(sentinels.replicas()).hasSize(2).contains(old);
            assertThat(old.command("GET", "k")).isEqualTo("w");
        }
    }

    @Test
    void behindProxiesEverybodyIsToldTheirAddressesAndABlackHoleMakesTheSentinelsPromoteAnother() {
        try (RedisSentinels sentinels =
                RedisSentinels.builder().throughProxies().start()) {
            RedisServer old = sentinels.master();
            FaultProxy proxy = sentinels.proxyOf(old);
            assertThat(sentinels.sentinels())
                    .allSatisfy(
                            sentinel -> assertThat(sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster"))
                                    .isEqualTo(List.of("127.0.0.1", Integer.toString(proxy.port()))));

            proxy.blackhole(Direction.TO_CLIENT);
            RedisServer promoted = sentinels.awaitMasterOtherThan(old);
            promoted.command("SET", "k", "v");
            proxy.heal();
            sentinels.awaitHealthy();
            assertThat(sentinels.replicas()).hasSize(2).contains(old);
            assertThat(old.command("GET", "k")).isEqualTo("v");
        }
    }

    @Test
    void withoutProxiesThereIsNone() {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            assertThatThrownBy(() -> sentinels.proxyOf(sentinels.master()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("throughProxies");
        }
    }

    @Test
    void aReplicaTakesThePlaceOfAPausedMaster() {
        try (RedisSentinels sentinels =
                RedisSentinels.builder().masterName("cache").replicas(1).start()) {
            RedisServer old = sentinels.master();
            old.pause();
            assertThat(sentinels.awaitMasterOtherThan(old)).isNotSameAs(old);
            old.resume();
            sentinels.awaitHealthy();
            assertThat(sentinels.replicas()).containsExactly(old);
        }
    }

    @Test
    void aFailoverOnRequestMakesAnotherTheMasterAgainAndAgain() {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            for (int i = 0; i < 3; i++) {
                RedisServer old = sentinels.master();
                RedisServer promoted = sentinels.failover();
                assertThat(sentinels.master()).isSameAs(promoted).isNotSameAs(old);
                sentinels.awaitHealthy();
                assertThat(sentinels.replicas()).hasSize(2).contains(old);
            }
        }
    }

    @Test
    void aFailoverThatNobodyCouldTakePartInIsRefused() {
        try (RedisSentinels sentinels =
                RedisSentinels.builder().replicas(0).sentinels(1).start()) {
            assertThatThrownBy(sentinels::failover)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("No replica");
        }
    }

    @Test
    void aMinorityOfSentinelsPromotesNobodyAndARestartedOneHelps() {
        try (RedisSentinels sentinels = RedisSentinels.builder().quorum(1).start()) {
            sentinels.sentinels().get(0).kill();
            sentinels.sentinels().get(1).kill();
            RedisServer sentinel = sentinels.sentinels().get(2);
            RedisServer old = sentinels.killMaster();
            Await.until("A lone Sentinel that knows the master to be down", Duration.ofSeconds(10), () -> {
                String state = String.valueOf(sentinel.command("SENTINEL", "MASTER", "mymaster"));
                return state.contains("o_down") ? null : state;
            });
            assertThat(sentinels.master()).isSameAs(old);

            sentinels.sentinels().get(0).restart();
            assertThat(sentinels.awaitMasterOtherThan(old)).isNotSameAs(old);
        }
    }

    @Test
    void passwordsAndUsersOfServersAndSentinelsAreAskedOfOthersAndNotOfTheSet() throws Exception {
        try (RedisSentinels sentinels = RedisSentinels.builder()
                .replicas(1)
                .eachServer(server -> server.password("server secret"))
                .eachSentinel(sentinel -> sentinel.user("default off").user("ann on >pw +@all"))
                .start()) {
            assertThat(errorCodeOf(sentinels.master(), "PING")).isEqualTo("NOAUTH");
            assertThat(errorCodeOf(sentinels.sentinels().get(0), "PING")).isEqualTo("NOAUTH");
            try (RespConnection ann = connect(sentinels.sentinels().get(0))) {
                assertThat(ann.call(RespConnection.encode("AUTH", "ann", "pw"))).isEqualTo("OK");
                assertThat(RespConnection.asText(
                                ann.call(RespConnection.encode("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster"))))
                        .isEqualTo(List.of(
                                "127.0.0.1", Integer.toString(sentinels.master().port())));
            }
            RedisServer old = sentinels.killMaster();
            RedisServer promoted = sentinels.awaitMasterOtherThan(old);
            assertThat(errorCodeOf(promoted, "PING")).isEqualTo("NOAUTH");
            old.restart();
            sentinels.awaitHealthy();
        }
    }

    @Test
    void aPasswordOfTheSentinelsIsTheirDefaultUsers() throws Exception {
        try (RedisSentinels sentinels = RedisSentinels.builder()
                        .replicas(0)
                        .eachSentinel(sentinel -> sentinel.password("sentinel secret"))
                        .start();
                RespConnection client = connect(sentinels.sentinels().get(0))) {
            assertThat(client.call(RespConnection.encode("AUTH", "sentinel secret")))
                    .isEqualTo("OK");
        }
    }

    private static String errorCodeOf(RedisServer server, String... command) throws IOException {
        try (RespConnection connection = connect(server)) {
            connection.call(RespConnection.encode(command));
            return "";
        } catch (RedisErrorReply e) {
            return e.code();
        }
    }

    private static RespConnection connect(RedisServer server) throws IOException {
        return RespConnection.open(server.port(), Duration.ofSeconds(5));
    }

    private static Set<Long> childProcesses() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
