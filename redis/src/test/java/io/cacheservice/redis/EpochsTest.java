package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static io.cacheservice.redis.Tiers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheException;
import io.cacheservice.spi.Proof;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpochsTest {
    private static final byte[] KEY = bytes("e");

    private final RedisServer redis = RedisServer.start();
    private final RemoteTier tier = Tiers.open(Tiers.config(redis.url()).poolSize(1));
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

    /** What was announced before this call is here after it. */
    private void awaitAnnouncements() {
        await(tier.get(bytes("other"), false));
    }

    @Test
    void anEpochIsMadeWhereNoneIsAndReadWhereOneIs() {
        assertThat(text(await(tier.epoch(KEY, bytes("first"))))).isEqualTo("first");
        RemoteValue read = await(tier.epoch(KEY, bytes("second")));

        assertThat(text(read)).isEqualTo("first");
        assertThat(read.remainingMillis()).isEqualTo(RemoteValue.FOR_EVER);
    }

    @Test
    void anEpochIsReadUnderAProofThatAdvances() {
        long before = System.nanoTime();
        RemoteValue made = await(tier.epoch(KEY, bytes("first")));

        assertThat(made.sentAtNanos()).isGreaterThanOrEqualTo(before);
        Proof proof = Objects.requireNonNull(made.proof());
        Awaitility.await().until(() -> proof.heardUntilNanos() - made.sentAtNanos() > 0);
        assertThat(await(tier.epoch(KEY, bytes("second"))).proof()).isSameAs(proof);
    }

    @Test
    void whoMadeOrReadAnEpochHearsNothingUntilSomebodyChangesIt() {
        await(tier.epoch(KEY, bytes("first")));
        await(tier.epoch(KEY, bytes("second")));
        awaitAnnouncements();
        assertThat(heard).isEmpty();

        redis.command("SET", "e", "theirs");
        awaitAnnouncements();
        assertThat(heard).containsExactly("e");
    }

    @Test
    void whoReadAnEpochHearsOfItsEnd() {
        await(tier.epoch(KEY, bytes("first")));
        redis.command("DEL", "e");
        awaitAnnouncements();

        assertThat(heard).containsExactly("e");
        assertThat(text(await(tier.epoch(KEY, bytes("second"))))).isEqualTo("second");
    }

    @Test
    void aReplacedEpochIsHeardOfByWhoReplacedItAndByOthers() {
        try (RemoteTier other = Tiers.open(Tiers.config(redis.url()))) {
            await(other.epoch(KEY, bytes("first")));
            await(tier.epoch(KEY, bytes("second")));

            await(other.replaceEpoch(KEY, bytes("third")));
            awaitAnnouncements();
            assertThat(heard).containsExactly("e");
            assertThat(text(await(tier.epoch(KEY, bytes("fourth"))))).isEqualTo("third");
        }
        heard.clear();
        await(tier.replaceEpoch(KEY, bytes("fifth")));
        assertThat(heard).as("before it is sent, and before it is done").startsWith("e", "e");
        assertThat(redis.command("PTTL", "e")).isEqualTo(-1L);
    }

    @Test
    void anEpochTakesThePlaceOfAnotherTypeOnlyWhenItIsReplaced() {
        redis.command("LPUSH", "e", "theirs");

        assertThatThrownBy(() -> await(tier.epoch(KEY, bytes("first"))))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining("another type than a string");
        await(tier.replaceEpoch(KEY, bytes("second")));
        assertThat(redis.command("GET", "e")).isEqualTo("second");
    }
}
