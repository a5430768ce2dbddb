package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An own write is reported before it is sent, and again before its caller hears of it, whatever he hears: what was read in
 * between may be older than the write, which may have been applied.
 */
class WritesAreReportedTest {
    private static final byte[] KEY = bytes("k");

    private final List<byte[]> reported = new CopyOnWriteArrayList<>();
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

    private RemoteTier open(Duration writeTimeout) {
        RemoteTier tier = Tiers.open(Tiers.config(proxy.url()).writeTimeout(writeTimeout));
        tier.onChange(reported::add);
        return tier;
    }

    /** The write, of which the server's answer will not come; it was reported once. */
    private CompletableFuture<?> unanswered(RemoteTier tier) {
        proxy.hold(Direction.TO_CLIENT);
        CompletableFuture<?> write = tier.set(KEY, bytes("v"), RemoteTier.FOR_EVER);
        assertThat(reported).hasSize(1);
        Awaitility.await().until(() -> Long.valueOf(1).equals(redis.command("EXISTS", "k")));
        return write;
    }

    /** Called where the write's future is completed, so that what comes later does not count. */
    private CompletableFuture<Integer> reportsWhenAnswered(CompletableFuture<?> write) {
        return write.handle((result, failure) -> reported.size());
    }

    @Test
    void aWriteThatIsAnsweredIsReportedBeforeItsCallerHearsOfIt() {
        try (RemoteTier tier = open(Duration.ofSeconds(10))) {
            CompletableFuture<?> write = unanswered(tier);
            CompletableFuture<Integer> reports = reportsWhenAnswered(write);
            proxy.release();

            assertThat(Tiers.await(reports)).isEqualTo(2);
        }
    }

    @Test
    void aWriteWhoseTimeIsUpIsReportedBeforeItsCallerHearsOfIt() {
        try (RemoteTier tier = open(Duration.ofMillis(200))) {
            CompletableFuture<?> write = unanswered(tier);
            CompletableFuture<Integer> reports = reportsWhenAnswered(write);

            assertThatThrownBy(() -> Tiers.await(write)).isInstanceOf(CacheTimeoutException.class);
            assertThat(Tiers.await(reports)).isEqualTo(2);
            proxy.release();
            Awaitility.await("its late answer is reported too").until(() -> reported.size() == 3);
        }
    }

    @Test
    void aWriteWhoseConnectionEndsIsReportedBeforeItsCallerHearsOfIt() {
        try (RemoteTier tier = open(Duration.ofSeconds(10))) {
            CompletableFuture<?> write = unanswered(tier);
            CompletableFuture<Integer> reports = reportsWhenAnswered(write);
            proxy.cut();

            assertThatThrownBy(() -> Tiers.await(write)).isInstanceOf(CacheConnectionException.class);
            assertThat(Tiers.await(reports)).isEqualTo(2);
        }
    }
}
