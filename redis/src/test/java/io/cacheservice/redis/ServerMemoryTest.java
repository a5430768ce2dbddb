package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.TimeSource;
import io.cacheservice.testkit.RedisServer;
import org.junit.jupiter.api.Test;

/** When the bound of a server counts as settled. */
class ServerMemoryTest {
    @Test
    void aConnectionLostBeforeTheAnswerSettlesNothing() {
        try (RedisServer redis = RedisServer.start();
                OpeningFixture fixture = new OpeningFixture(Tiers.config(redis.url()), TimeSource.system())) {
            CacheConfig wanted = Tiers.config(redis.url()).maxMemory(10 << 20).build();
            ServerMemory memory = new ServerMemory(wanted, "here", () -> true);
            Lane lost = fixture.lane();
            lost.close().join();
            await(lost.death());
            assertThatThrownBy(() -> memory.settle(lost).toCompletableFuture().join())
                    .hasCauseInstanceOf(OpeningFailure.class);

            Lane next = fixture.lane();
            assertThatThrownBy(() -> memory.settle(next).toCompletableFuture().join())
                    .hasRootCauseInstanceOf(CacheConfigException.class);
            redis.command("CONFIG", "SET", "maxmemory", "10mb");
            assertThatCode(() -> memory.settle(next).toCompletableFuture().join())
                    .doesNotThrowAnyException();
        }
    }
}
