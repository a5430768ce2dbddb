package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.ConnectionStats.State;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** No thread and no connection outlives what needed it. */
class NothingIsLeftTest {
    /** Of the JDK, of the test's own tools, of Netty's one executor and of the one timer for the whole process: these come and go. */
    private static final List<String> NOT_OURS = List.of(
            "globalEventExecutor",
            "process reaper",
            "CompletableFutureDelayScheduler",
            "cache-service-timer",
            "awaitility",
            "ForkJoinPool",
            "surefire",
            "Attach Listener");

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> NOT_OURS.stream().noneMatch(thread.getName()::startsWith))
                .collect(Collectors.toSet());
    }

    private static long connections(RedisServer redis) {
        String clients = String.valueOf(redis.command("CLIENT", "LIST"));
        return clients.lines()
                .filter(line -> line.contains("name=cache-service"))
                .count();
    }

    @Test
    void nothingIsLeftOfAClosedTier() {
        try (RedisServer redis = RedisServer.start()) {
            Set<Thread> before = new HashSet<>(threads());
            RemoteTier tier = Tiers.open(Tiers.config(redis.url()).poolSize(4).minIdleConns(4));
            for (int i = 0; i < 100; i++) {
                await(tier.set(bytes("k" + i), bytes("v"), 60_000));
            }
            assertThat(connections(redis)).isEqualTo(4);
            tier.close();

            Awaitility.await().untilAsserted(() -> {
                assertThat(connections(redis)).isZero();
                assertThat(threads()).isSubsetOf(before);
            });
        }
    }

    @Test
    void closingOnAnInterruptedThreadLeavesNothingAndKeepsTheInterrupt() {
        try (RedisServer redis = RedisServer.start()) {
            Set<Thread> before = new HashSet<>(threads());
            RemoteTier tier = Tiers.open(Tiers.config(redis.url()));
            Thread.currentThread().interrupt();
            try {
                tier.close();
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }

            Awaitility.await().untilAsserted(() -> {
                assertThat(connections(redis)).isZero();
                assertThat(threads()).isSubsetOf(before);
            });
        }
    }

    @Test
    void nothingIsLeftOfATierThatCouldNotBeOpened() {
        try (RedisServer redis = RedisServer.builder().password("sesame-7319").start()) {
            Set<Thread> before = new HashSet<>(threads());
            assertThatThrownBy(() -> Tiers.open(Tiers.config(redis.url()))).hasMessageContaining("NOAUTH");

            Awaitility.await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
        }
    }

    @Test
    void lanesAreOpenedAsThePoolSaysAndKept() {
        try (RedisServer redis = RedisServer.start();
                RemoteTier tier =
                        Tiers.open(Tiers.config(redis.url()).poolSize(4).minIdleConns(2))) {
            assertThat(connections(redis)).isEqualTo(2);
            assertThat(tier.connections().stream().map(lane -> lane.state()))
                    .containsExactly(State.READY, State.READY, State.IDLE, State.IDLE);
            for (int i = 0; i < 100; i++) {
                await(tier.get(bytes("k" + i), true));
            }
            assertThat(connections(redis)).isEqualTo(4);
        }
    }

    @Test
    void aHundredDeathsLeaveNoConnectionAndNoThread() {
        ManualTime time = new ManualTime();
        try (RedisServer redis = RedisServer.start();
                RemoteTier tier = Tiers.open(Tiers.config(redis.url()).poolSize(1), time)) {
            await(tier.get(bytes("k"), true));
            Set<Thread> before = new HashSet<>();
            for (int i = 1; i <= 100; i++) {
                // else these would count as lanes that die young, which come back ever later
                time.advance(Duration.ofSeconds(1));
                redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                long expected = i + 1L;
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> tier.connections().get(0).opened() == expected);
                if (i == 10) {
                    before.addAll(threads());
                }
            }
            assertThat(connections(redis)).isEqualTo(1);
            assertThat(threads()).isSubsetOf(before);
            assertThat(tier.connections().get(0).pending()).isZero();
        }
    }
}
