package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.FailedOutcome;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What waits for a lane that is being opened. */
class LaneSlotTest {
    private final ManualTime time = new ManualTime();

    @Test
    void theBytesThatWaitForALaneAreBoundedAndGivenBack() {
        long seconds = Duration.ofSeconds(10).toNanos();
        Budgets budgets = new Budgets(seconds, seconds, 6 * seconds, 100, 1_000, 1_000);
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(redis.port());
                OpeningFixture fixture = new OpeningFixture(Tiers.config(proxy.url()), budgets, time)) {
            proxy.hold(Direction.TO_CLIENT);
            LaneSlot slot = fixture.slot();
            Write first = submit(slot, "a");
            Write refused = submit(slot, "b");
            var failure = catchThrowableOfType(CacheConnectionException.class, () -> await(refused));
            assertThat(failure.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
            assertThat(failure).hasMessageContaining("values of 1000 bytes").hasMessageContaining("maxPending");

            time.advance(Duration.ofSeconds(10));
            assertThatThrownBy(() -> await(first)).isInstanceOf(CacheTimeoutException.class);
            Write next = submit(slot, "c");
            proxy.release();

            assertThat(await(next)).isEqualTo("OK");
            assertThat(redis.command("EXISTS", "a", "b")).isEqualTo(0L);
            Write after = submit(slot, "d");
            assertThat(await(after)).isEqualTo("OK");
            slot.close(Failures::closed).join();
        }
    }

    @Test
    void aLaneThatWasLostIsWaitedForNoLongerThanAnyoneMayWait() {
        long seconds = Duration.ofSeconds(10).toNanos();
        Budgets budgets = new Budgets(seconds, seconds, 6 * seconds, 100, 1 << 20, 1_000);
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(redis.port());
                OpeningFixture fixture = new OpeningFixture(Tiers.config(proxy.url()), budgets, time)) {
            LaneSlot slot = fixture.slot();
            assertThat(await(submit(slot, "a"))).isEqualTo("OK");
            proxy.hold(Direction.TO_CLIENT);
            proxy.cut();
            Awaitility.await().until(() -> slot.stats().state() == ConnectionStats.State.CONNECTING);
            Write early = submit(slot, "b");

            time.advance(Duration.ofMillis(10_001));
            assertThatThrownBy(() -> await(early)).isInstanceOf(CacheTimeoutException.class);
            Write late = submit(slot, "c");
            assertThat(late).isCompletedExceptionally();
            var failure = catchThrowableOfType(CacheConnectionException.class, () -> await(late));
            assertThat(failure.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);

            proxy.release();
            Awaitility.await().until(() -> slot.stats().state() == ConnectionStats.State.READY);
            assertThat(await(submit(slot, "d"))).isEqualTo("OK");
            slot.close(Failures::closed).join();
        }
    }

    private Write submit(LaneSlot slot, String key) {
        Write write = new Write(key, time.nanoTime() + Duration.ofSeconds(10).toNanos());
        slot.submit(write);
        return write;
    }

    /** Six hundred bytes. */
    private static final class Write extends Request<String> {
        private final String key;

        Write(String key, long deadlineNanos) {
            super(Access.WRITE, "SET", deadlineNanos, 600);
            this.key = key;
        }

        @Override
        void begin(List<RedisCommand<byte[], byte[], ?>> out) {
            out.add(command(
                    CommandType.SET,
                    new StatusOutput<>(ByteArrayCodec.INSTANCE),
                    args().addKey(Tiers.bytes(key)).addValue(new byte[600])));
        }

        @Override
        String answered(List<RedisCommand<byte[], byte[], ?>> out) {
            return "OK";
        }
    }
}
