package io.cacheservice.redis.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardsTest {
    private static final int KEYS = 300;

    private final List<RedisServer> servers = new ArrayList<>();

    @BeforeEach
    void start() {
        for (int i = 0; i < 3; i++) {
            servers.add(RedisServer.start());
        }
    }

    @AfterEach
    void stop() {
        servers.forEach(RedisServer::close);
    }

    @Test
    void aDeadShardFailsOnlyItsOwnKeysAndServesAgainByItself() {
        try (CacheService service = open("", "", "")) {
            fill(service);
            servers.get(1).kill();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(failures(service))
                            .as("what the dead shard does not hold is served")
                            .isBetween(KEYS / 3 - 60, KEYS / 3 + 60));
            String lost = firstThatFails(service);
            assertThatThrownBy(() -> service.get(lost))
                    .isInstanceOf(CacheConnectionException.class)
                    .hasMessageContaining("127.0.0.1:" + servers.get(1).port());

            servers.get(1).restart();
            Awaitility.await().untilAsserted(() -> assertThat(failures(service)).isZero());
        }
    }

    @Test
    void aShardThatIsAwayAtTheStartDoesNotStopIt() {
        servers.get(2).kill();
        try (CacheService service = open("", "", "")) {
            int failures = 0;
            for (int i = 0; i < KEYS; i++) {
                failures += fails(service, "k" + i) ? 1 : 0;
            }
            assertThat(failures).isBetween(KEYS / 3 - 60, KEYS / 3 + 60);
        }
    }

    @Test
    void aHeavierShardHoldsMore() {
        try (CacheService service = open("*1", "*1", "*4")) {
            fill(service);
        }
        assertThat(size(2)).isBetween(KEYS * 2L / 3 - 60, KEYS * 2L / 3 + 60);
        assertThat(size(0) + size(1) + size(2)).isEqualTo(KEYS);
    }

    private CacheService open(String... weights) {
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            nodes.add("127.0.0.1:" + servers.get(i).port() + weights[i]);
        }
        return CacheService.open(CacheConfig.builder()
                .nodes(nodes)
                .topology("shards")
                .readTimeout(Duration.ofSeconds(5))
                .writeTimeout(Duration.ofSeconds(5))
                .build());
    }

    private static void fill(CacheService service) {
        for (int i = 0; i < KEYS; i++) {
            service.set("k" + i, ("v" + i).getBytes(UTF_8));
        }
    }

    private static int failures(CacheService service) {
        int failures = 0;
        for (int i = 0; i < KEYS; i++) {
            failures += fails(service, "k" + i) ? 1 : 0;
        }
        return failures;
    }

    private static String firstThatFails(CacheService service) {
        for (int i = 0; i < KEYS; i++) {
            if (fails(service, "k" + i)) {
                return "k" + i;
            }
        }
        throw new AssertionError("every key is served");
    }

    private static boolean fails(CacheService service, String key) {
        try {
            service.get(key);
            return false;
        } catch (CacheConnectionException e) {
            return true;
        }
    }

    private long size(int server) {
        return servers.get(server).command("DBSIZE") instanceof Long size ? size : -1;
    }
}
