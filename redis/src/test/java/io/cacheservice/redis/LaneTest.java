package io.cacheservice.redis;

import static io.cacheservice.redis.OpeningFixture.get;
import static io.cacheservice.redis.Tiers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisServer;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One lane: it answers each request with its own reply, or ends. */
class LaneTest {
    private RedisServer redis;
    private FaultProxy proxy;
    private OpeningFixture fixture;
    private Lane lane;

    @BeforeEach
    void open() {
        redis = RedisServer.start();
        proxy = FaultProxy.to(redis.port());
        fixture = new OpeningFixture(Tiers.config(proxy.url()), new ManualTime());
        lane = fixture.lane();
    }

    @AfterEach
    void close() {
        fixture.close();
        proxy.close();
        redis.close();
    }

    @Test
    void afterTheDriverGaveUpACommandNoReplyIsTakenForTheAnswerOfAnother() {
        redis.command("SET", "b", "2");
        proxy.hold(Direction.TO_CLIENT);
        var first = get(lane, "a");
        var second = get(lane, "b");
        lane.broken(first, new OutOfMemoryError("direct"));

        assertThatThrownBy(() -> await(first)).isInstanceOf(CacheConnectionException.class);
        assertThatThrownBy(() -> await(second)).isInstanceOf(CacheConnectionException.class);
        assertThat(await(lane.death())).contains("gave up a command", "direct");
    }

    @Test
    void anErrorWhileARequestIsBegunFailsItAndEndsTheLane() {
        Exploding request = new Exploding();
        lane.submit(request);

        assertThatThrownBy(() -> await(request)).isInstanceOf(CacheConnectionException.class);
        assertThat(await(lane.death())).contains("no more direct memory");
    }

    /** What a request meets when memory is short. */
    private static final class Exploding extends Request<String> {
        Exploding() {
            super(Access.SETUP, "GET", 0, 0);
        }

        @Override
        void begin(List<RedisCommand<byte[], byte[], ?>> out) {
            throw new OutOfMemoryError("no more direct memory");
        }

        @Override
        String answered(List<RedisCommand<byte[], byte[], ?>> out) {
            throw new AssertionError("nothing was sent");
        }
    }
}
