package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static io.cacheservice.redis.Tiers.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.ConnectionStats;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read and changed besides the tracked connections. */
class BystanderTest {
    private final RedisServer redis = RedisServer.start();
    private final RemoteTier tier = Tiers.open(Tiers.config(redis.url()));
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        tier.onChange(key -> heard.add(new String(key, StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() {
        tier.close();
        redis.close();
    }

    @Test
    void aBystanderReadsWhatIsThereAndItsRemainingLife() {
        redis.command("SET", "k", "v", "PX", "60000");

        assertThat(text(await(tier.observe(bytes("k"))))).isEqualTo("v");
        assertThat(await(tier.observe(bytes("k"))).remainingMillis()).isBetween(30_000L, 60_000L);
        assertThat(await(tier.observe(bytes("none"))).bytes()).isNull();
    }

    @Test
    void whatABystanderReadsIsNotTrackedAndNothingVouchesForIt() {
        redis.command("SET", "k", "v");
        assertThat(await(tier.observe(bytes("k"))).proof()).isNull();

        redis.command("SET", "k", "changed");
        await(tier.get(bytes("k"), false)); // what was announced is here now

        assertThat(heard).doesNotContain("k");
    }

    @Test
    void aLongValueIsReadUpToABound() {
        redis.command("SET", "k", "x".repeat(3 << 20));

        assertThat(await(tier.observe(bytes("k"))).bytes()).hasSize(256 * 1024);
    }

    @Test
    void aStirredKeyIsHeardOfByTheServersWordAloneAndLeavesNothing() {
        await(tier.get(bytes("k"), false));
        await(tier.stir(bytes("k")));

        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("k"));
        assertThat(redis.command("DBSIZE")).isEqualTo(0L);

        await(tier.stir(bytes("k")));
        await(tier.get(bytes("k"), false));
        assertThat(heard).as("nobody had read it again").hasSize(1);
    }

    @Test
    void theirConnectionIsOpenedWhenItIsFirstNeeded() {
        assertThat(tier.connections()).hasSize(1);

        await(tier.observe(bytes("k")));

        assertThat(tier.connections())
                .extracting(ConnectionStats::name)
                .containsExactly("127.0.0.1:" + redis.port() + "/0", "127.0.0.1:" + redis.port() + "/bystander");
        assertThat(tier.listening()).hasSize(1);
    }
}
