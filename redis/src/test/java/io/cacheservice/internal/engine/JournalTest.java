package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.RedisTierProvider;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The journal over a real Redis. */
class JournalTest {
    @Test
    void keysThatTheUserMayNotTouchHoldUpNobodyElses() {
        int each = 600;
        try (RedisServer server = RedisServer.builder()
                        .user("app on >app-pass ~cache:~* ~ok:* &* +@all")
                        .start();
                RemoteTier tier = new RedisTierProvider()
                        .open(
                                CacheConfig.builder()
                                        .url("redis://app:app-pass@127.0.0.1:" + server.port())
                                        .writeTimeout(Duration.ofSeconds(5))
                                        .build(),
                                TimeSource.system(),
                                Runnable::run)) {
            Journal journal = new Journal(tier, 10_000, RandomGenerator.getDefault());
            for (int i = 0; i < each; i++) {
                server.command("SET", "ok:" + i, "old");
                journal.add(key("refused:" + i));
                journal.add(key("ok:" + i));
            }

            Awaitility.await().untilAsserted(() -> assertThat(journal.size()).isEqualTo(each));
            assertThat(server.command("DBSIZE")).isEqualTo(0L);
            assertThat(journal.holds(key("refused:0"))).isTrue();
            journal.close();
        }
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
