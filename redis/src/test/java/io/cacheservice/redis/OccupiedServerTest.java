package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.FailedOutcome;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server that is there and refuses to work: it loads its data, or runs a script that does not end. */
class OccupiedServerTest {
    private static void awaitRefusal(RemoteTier tier, String word) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertRefused(tier.get(bytes("k"), true), word));
    }

    private static void assertRefused(CompletableFuture<?> call, String... words) {
        CacheConnectionException refusal = catchThrowableOfType(CacheConnectionException.class, () -> await(call));
        assertThat(refusal).isNotNull().hasMessageContainingAll(words);
        assertThat(refusal.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED);
    }

    @Test
    void aServerThatRunsALongScriptRefusesUntilItIsKilled() throws IOException {
        try (RedisServer redis = RedisServer.start();
                RemoteTier tier = Tiers.open(Tiers.config(redis.url()));
                Socket script = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            redis.command("CONFIG", "SET", "lua-time-limit", "20");
            script.getOutputStream().write("EVAL \"while true do end\" 0\r\n".getBytes(UTF_8));
            awaitRefusal(tier, "BUSY");

            assertRefused(tier.set(bytes("k"), bytes("v"), 60_000), "BUSY", "SCRIPT KILL");
            assertRefused(tier.increment(bytes("n"), 1, 60_000), "BUSY");
            try (RemoteTier opened = Tiers.open(Tiers.config(redis.url()))) {
                assertRefused(opened.get(bytes("k"), true), "BUSY");
                redis.command("SCRIPT", "KILL");

                // the server answers OK first and ends the script when that looks up again
                Awaitility.await()
                        .ignoreExceptionsInstanceOf(CacheConnectionException.class)
                        .untilAsserted(() -> await(tier.set(bytes("k"), bytes("v"), 60_000)));
                Awaitility.await()
                        .ignoreExceptionsInstanceOf(CacheConnectionException.class)
                        .untilAsserted(() -> assertThat(
                                        await(opened.get(bytes("k"), true)).bytes())
                                .isEqualTo(bytes("v")));
            }
            assertThat(redis.command("EXISTS", "n")).isEqualTo(0L);
            assertThat(tier.connections().get(0).opened()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatLoadsItsDataRefusesUntilItHas() {
        try (RedisServer redis = RedisServer.builder()
                        .arguments("--enable-debug-command", "yes")
                        .start();
                RemoteTier tier = Tiers.open(Tiers.config(redis.url()))) {
            redis.command("DEBUG", "POPULATE", "2000", "big", "1000");
            redis.command("CONFIG", "SET", "key-load-delay", "1000");
            redis.command("CONFIG", "SET", "loading-process-events-interval-bytes", "1024");
            var reload = CompletableFuture.runAsync(() -> redis.command("DEBUG", "RELOAD"));
            awaitRefusal(tier, "LOADING");

            assertRefused(tier.set(bytes("k"), bytes("v"), 60_000), "LOADING", "wait until it has");
            assertRefused(tier.increment(bytes("n"), 1, 60_000), "LOADING");
            try (RemoteTier opened = Tiers.open(Tiers.config(redis.url()))) {
                assertRefused(opened.get(bytes("k"), true), "LOADING");
                reload.join();

                await(tier.set(bytes("k"), bytes("v"), 60_000));
                assertThat(await(opened.increment(bytes("n"), 1, 60_000))).isEqualTo(1);
                assertThat(opened.connections().get(0).opened()).isEqualTo(1);
            }
            assertThat(tier.connections().get(0).opened()).isEqualTo(1);
        }
    }
}
