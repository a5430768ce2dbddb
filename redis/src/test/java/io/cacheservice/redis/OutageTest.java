package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.ConnectionStats.State;
import io.cacheservice.FailedOutcome;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers are told, and when the service serves again, while Redis or the way to it is broken. */
class OutageTest {
    private final ManualTime time = new ManualTime();
    private RedisServer redis;
    private FaultProxy proxy;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        proxy = FaultProxy.to(redis.port());
    }

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    private RemoteTier open() {
        return Tiers.open(
                Tiers.config(proxy.url())
                        .poolSize(1)
                        .readTimeout(Duration.ofMillis(50))
                        .writeTimeout(Duration.ofMillis(100)),
                time);
    }

    private static <E extends CacheException> E failure(Class<E> type, CompletableFuture<?> answer) {
        E failure = catchThrowableOfType(type, () -> await(answer));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void aReadThatGetsNoAnswerFailsWhenItsTimeIsUp() {
        try (RemoteTier tier = open()) {
            proxy.hold(Direction.TO_CLIENT);
            CompletableFuture<?> read = tier.get(bytes("k"), true);
            time.advance(Duration.ofMillis(50));

            CacheTimeoutException failure = failure(CacheTimeoutException.class, read);
            assertThat(failure.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
            assertThat(failure).hasMessageContaining("readTimeout = 50 ms");
        }
    }

    @Test
    void anEpochIsWaitedForAsLongAsAValueAndNoLonger() {
        try (RemoteTier tier = open()) {
            proxy.hold(Direction.TO_CLIENT);
            CompletableFuture<?> epoch = tier.epoch(bytes("epoch"), new byte[16]);
            time.advance(Duration.ofMillis(50));

            assertThat(failure(CacheTimeoutException.class, epoch)).hasMessageContaining("readTimeout = 50 ms");
        }
    }

    @Test
    void aWriteThatGetsNoAnswerMayHaveBeenApplied() {
        try (RemoteTier tier = open()) {
            proxy.hold(Direction.TO_CLIENT);
            CompletableFuture<?> write = tier.set(bytes("k"), bytes("v"), 60_000);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(redis.command("GET", "k")).isEqualTo("v"));
            time.advance(Duration.ofMillis(99));
            CompletableFuture<?> later = tier.delete(bytes("k2"));
            time.advance(Duration.ofMillis(1));

            CacheTimeoutException failure = failure(CacheTimeoutException.class, write);
            assertThat(failure.outcome()).isEqualTo(FailedOutcome.UNKNOWN);
            assertThat(failure).hasMessageContaining("writeTimeout = 100 ms").hasMessageContaining("may have been");
            assertThat(later).isNotDone();
            proxy.release();
            assertThat(await(later)).isEqualTo(false);
        }
    }

    @Test
    void aLateReplyIsNotMistakenForAnother() {
        try (RemoteTier tier = open()) {
            await(tier.set(bytes("a"), bytes("1"), 60_000));
            await(tier.set(bytes("b"), bytes("2"), 60_000));
            proxy.hold(Direction.TO_CLIENT);
            CompletableFuture<?> late = tier.get(bytes("a"), true);
            time.advance(Duration.ofMillis(50));
            failure(CacheTimeoutException.class, late);
            var next = tier.get(bytes("b"), true);
            proxy.release();

            assertThat(Tiers.text(await(next))).isEqualTo("2");
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(tier.connections().get(0).pending()).isZero());
        }
    }

    @Test
    void aBigValueThatEndsWhileItIsReadIsAbsentAndNotCut() {
        try (RemoteTier tier = open()) {
            await(tier.set(bytes("k"), new byte[1 << 20], 60_000));
            proxy.hold(Direction.TO_CLIENT);
            long before = proxy.receivedBytes(Direction.TO_CLIENT);
            var read = tier.get(bytes("k"), true);
            Awaitility.await().until(() -> proxy.receivedBytes(Direction.TO_CLIENT) > before);
            redis.command("DEL", "k");
            proxy.release();

            assertThat(await(read).bytes()).isNull();
        }
    }

    @Test
    void aWriteThatCouldNotBeSentIsNeverSent() {
        try (RemoteTier tier = open()) {
            redis.pause();
            byte[] big = new byte[4_000_000];
            List<CompletableFuture<?>> filling = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                filling.add(tier.set(bytes("big" + i), big, 60_000));
            }
            CompletableFuture<?> write = tier.set(bytes("k"), bytes("v"), 60_000);
            time.advance(Duration.ofMillis(100));

            CacheTimeoutException failure = failure(CacheTimeoutException.class, write);
            assertThat(failure.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
            assertThat(failure).hasMessageContaining("could not be sent");
            filling.forEach(each -> failure(CacheTimeoutException.class, each));
            redis.resume();
            await(tier.set(bytes("after"), bytes("v"), 60_000));
            assertThat(redis.command("EXISTS", "k")).isEqualTo(0L);
        }
    }

    @Test
    void aLostConnectionTellsWritesInFlightThatTheirOutcomeIsUnknown() {
        try (RemoteTier tier = open()) {
            proxy.hold(Direction.TO_CLIENT);
            CompletableFuture<?> write = tier.set(bytes("k"), bytes("v"), 60_000);
            CompletableFuture<?> script = tier.increment(bytes("n"), 1, 60_000);
            CompletableFuture<?> read = tier.get(bytes("k"), true);
            Awaitility.await().until(() -> redis.command("GET", "n") != null);
            proxy.cut();

            assertThat(failure(CacheConnectionException.class, write).outcome()).isEqualTo(FailedOutcome.UNKNOWN);
            assertThat(failure(CacheConnectionException.class, script).outcome())
                    .isEqualTo(FailedOutcome.UNKNOWN);
            assertThat(failure(CacheConnectionException.class, read).outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
        }
    }

    @Test
    void withoutAConnectionCallsFailAtOnceAndNothingIsAppliedLater() {
        try (RemoteTier tier = open()) {
            proxy.refuse();
            proxy.cut();
            Awaitility.await().until(() -> tier.connections().get(0).state() == State.DOWN);

            CompletableFuture<?> write = tier.set(bytes("k"), bytes("v"), 60_000);
            assertThat(write).isDone();
            CacheConnectionException failure = failure(CacheConnectionException.class, write);
            assertThat(failure.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
            assertThat(failure).hasMessageContaining("127.0.0.1:" + proxy.port());
            assertThat(tier.connections().get(0).lastError()).contains("cannot connect");

            proxy.accept();
            Awaitility.await().until(() -> tier.connections().get(0).state() == State.READY);
            assertThat(await(tier.get(bytes("k"), true)).bytes()).isNull();
            assertThat(tier.connections().get(0).opened()).isEqualTo(2);
        }
    }

    @Test
    void everyCallOfAnOutageGetsAnExceptionOfItsOwn() {
        proxy.refuse();
        try (RemoteTier tier = open()) {
            Awaitility.await().until(() -> tier.connections().get(0).state() == State.DOWN);

            CacheException first = failure(CacheConnectionException.class, tier.get(bytes("k"), true));
            assertThat(failure(CacheConnectionException.class, tier.get(bytes("k"), true)))
                    .isNotSameAs(first)
                    .hasMessage(first.getMessage());
        }
    }

    @Test
    void callsThatWaitedForALaneThatCouldNotBeOpenedGetExceptionsOfTheirOwn() {
        try (RemoteTier tier = Tiers.open(Tiers.config(proxy.url()).minIdleConns(0))) {
            proxy.hold(Direction.TO_CLIENT);
            CompletableFuture<?> first = tier.get(bytes("a"), true);
            CompletableFuture<?> second = tier.get(bytes("b"), true);
            proxy.refuse();
            proxy.cut();

            assertThat(failure(CacheConnectionException.class, first))
                    .isNotSameAs(failure(CacheConnectionException.class, second));
        }
    }

    @Test
    void theServiceStartsWithoutRedisAndHeals() {
        proxy.refuse();
        try (RemoteTier tier = open()) {
            assertThat(failure(CacheConnectionException.class, tier.get(bytes("k"), true))
                            .outcome())
                    .isEqualTo(FailedOutcome.NOT_APPLIED);
            proxy.accept();
            Awaitility.await().until(() -> tier.connections().get(0).state() == State.READY);
            await(tier.set(bytes("k"), bytes("v"), 60_000));
        }
    }

    @Test
    void callsWaitForALaneThatIsOpenedForTheFirstTime() {
        try (RemoteTier tier = Tiers.open(Tiers.config(proxy.url()).poolSize(1).minIdleConns(0), time)) {
            assertThat(tier.connections().get(0).state()).isEqualTo(State.IDLE);
            proxy.hold(Direction.TO_CLIENT);
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(tier.set(bytes("k"), bytes("v" + i), 60_000));
            }
            assertThat(tier.connections().get(0).state()).isEqualTo(State.CONNECTING);
            assertThat(tier.connections().get(0).pending()).isEqualTo(100);
            proxy.release();

            calls.forEach(Tiers::await);
            assertThat(redis.command("GET", "k")).isEqualTo("v99");
        }
    }

    @Test
    void aCallThatWaitsForALaneFailsWhenItsTimeIsUp() {
        try (RemoteTier tier = Tiers.open(
                Tiers.config(proxy.url())
                        .poolSize(1)
                        .minIdleConns(0)
                        .writeTimeout(Duration.ofMillis(100))
                        .connectTimeout(Duration.ofMinutes(1)),
                time)) {
            proxy.hold(Direction.TO_CLIENT);
            CompletableFuture<?> write = tier.set(bytes("k"), bytes("v"), 60_000);
            time.advance(Duration.ofMillis(100));

            assertThat(failure(CacheTimeoutException.class, write).outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
            proxy.release();
            await(tier.set(bytes("after"), bytes("v"), 60_000));
            assertThat(redis.command("EXISTS", "k")).isEqualTo(0L);
        }
    }

    @Test
    void moreThanMaxPendingAreRefusedInTheCallersThread() {
        try (RemoteTier tier = Tiers.open(Tiers.config(proxy.url()).poolSize(1).maxPending(100))) {
            proxy.hold(Direction.TO_CLIENT);
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(tier.get(bytes("k" + i), true));
            }
            CompletableFuture<?> refused = tier.set(bytes("k"), bytes("v"), 60_000);

            assertThat(refused).isDone();
            CacheConnectionException failure = failure(CacheConnectionException.class, refused);
            assertThat(failure.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
            assertThat(failure).hasMessageContaining("maxPending").hasMessageContaining("100");
            proxy.release();
            calls.forEach(Tiers::await);
            await(tier.set(bytes("k"), bytes("v"), 60_000));
        }
    }

    @Test
    void aSilentConnectionIsGivenUpAndReplaced() {
        try (RemoteTier tier = open()) {
            proxy.blackhole(Direction.TO_CLIENT);
            CompletableFuture<?> read = tier.get(bytes("k"), true);
            Awaitility.await().until(() -> proxy.receivedBytes(Direction.TO_CLIENT) > 0);
            time.advance(Duration.ofSeconds(2));

            failure(CacheTimeoutException.class, read);
            Awaitility.await().until(() -> tier.connections().get(0).state() != State.READY);
            assertThat(tier.connections().get(0).lastError()).contains("connectTimeout = 2000 ms");
            proxy.heal();
            Awaitility.await().until(() -> tier.connections().get(0).state() == State.READY);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftAloneAndAskedAgainWhenItDoes() {
        try (RemoteTier tier = open()) {
            await(tier.set(bytes("k"), bytes("v"), 60_000));
            proxy.hold(Direction.TO_CLIENT);
            List<CompletableFuture<?>> reads = new ArrayList<>();
            for (int i = 0; i < NodeBreaker.LEAST; i++) {
                reads.add(tier.get(bytes("k"), true));
            }
            time.advance(Duration.ofMillis(50));
            reads.forEach(read -> failure(CacheTimeoutException.class, read));

            CompletableFuture<?> refused = tier.delete(bytes("k"));
            assertThat(refused).isDone();
            CacheConnectionException failure = failure(CacheConnectionException.class, refused);
            assertThat(failure.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
            assertThat(failure).hasMessageContaining("left alone");
            assertThat(tier.connections().get(0).state()).isEqualTo(State.TRIPPED);

            proxy.release();
            time.advance(Duration.ofMillis(1_501));
            Awaitility.await().until(() -> tier.connections().get(0).pending() == 0);
            for (int i = 0; i < NodeBreaker.TRIALS; i++) {
                assertThat(Tiers.text(await(tier.get(bytes("k"), true)))).isEqualTo("v");
            }
            assertThat(tier.connections().get(0).state()).isEqualTo(State.READY);
        }
    }

    @Test
    void aNewConnectionIsReasonEnoughToAskAgain() {
        try (RemoteTier tier = open()) {
            proxy.hold(Direction.TO_CLIENT);
            List<CompletableFuture<?>> reads = new ArrayList<>();
            for (int i = 0; i < NodeBreaker.LEAST; i++) {
                reads.add(tier.get(bytes("k"), true));
            }
            time.advance(Duration.ofMillis(50));
            reads.forEach(read -> failure(CacheTimeoutException.class, read));
            failure(CacheConnectionException.class, tier.get(bytes("k"), true));
            proxy.release();
            proxy.cut();

            Awaitility.await().until(() -> tier.connections().get(0).opened() == 2);
            assertThat(await(tier.get(bytes("k"), true)).bytes()).isNull();
        }
    }

    @Test
    void aConnectionThatTricklesIsGivenUpWhenAnAnswerComesHopelesslyLate() {
        try (RemoteTier tier = open()) {
            await(tier.set(bytes("k"), new byte[200_000], 60_000));
            proxy.bandwidth(Direction.TO_CLIENT, 100_000);
            CompletableFuture<?> read = tier.get(bytes("k"), true);
            for (int i = 0; i < 6; i++) {
                long before = proxy.forwardedBytes(Direction.TO_CLIENT);
                Awaitility.await().until(() -> proxy.forwardedBytes(Direction.TO_CLIENT) > before);
                time.advance(Duration.ofMillis(400));
            }

            failure(CacheTimeoutException.class, read);
            Awaitility.await().until(() -> tier.connections().get(0).opened() == 2);
            assertThat(tier.connections().get(0).lastError()).contains("connectTimeout = 2000 ms late");
        }
    }

    @Test
    void lateBytesOfAnAbandonedConnectionDoNotUndoANewerWrite() throws IOException, InterruptedException {
        try (HeldConnection way = new HeldConnection(redis.port());
                RemoteTier tier =
                        Tiers.open(Tiers.config(way.url()).poolSize(1).writeTimeout(Duration.ofMillis(100)), time)) {
            await(tier.set(bytes("k"), bytes("v0"), 60_000));
            way.hold();
            CompletableFuture<?> old = tier.set(bytes("k"), bytes("v1"), 60_000);
            way.awaitHeldBytes();
            time.advance(Duration.ofSeconds(2));
            assertThat(failure(CacheTimeoutException.class, old).outcome()).isEqualTo(FailedOutcome.UNKNOWN);
            Awaitility.await().until(() -> tier.connections().get(0).opened() == 2);
            await(tier.set(bytes("k"), bytes("v2"), 60_000));

            way.releaseAndAwaitDelivery();
            assertThat(redis.command("GET", "k")).isEqualTo("v2");
        }
    }

    @Test
    void aClosedTierRefusesCalls() {
        RemoteTier tier = open();
        tier.close();

        failure(CacheClosedException.class, tier.get(bytes("k"), true));
        assertThat(tier.connections().get(0).state()).isEqualTo(State.CLOSED);
        tier.close();
    }

    @Test
    void closingFailsWhatWaits() {
        RemoteTier tier = open();
        proxy.hold(Direction.TO_CLIENT);
        CompletableFuture<?> write = tier.set(bytes("k"), bytes("v"), 60_000);
        Awaitility.await().until(() -> redis.command("GET", "k") != null);
        tier.close();

        assertThat(failure(CacheConnectionException.class, write).outcome()).isEqualTo(FailedOutcome.UNKNOWN);
    }
}
