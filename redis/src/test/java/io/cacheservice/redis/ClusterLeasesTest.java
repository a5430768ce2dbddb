package io.cacheservice.redis;

import static io.cacheservice.redis.Placeholders.LONG_MILLIS;
import static io.cacheservice.redis.Placeholders.assertWaits;
import static io.cacheservice.redis.Placeholders.granted;
import static io.cacheservice.redis.Placeholders.placeholder;
import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static io.cacheservice.redis.Tiers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer.State;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.RedisCluster;
import io.cacheservice.testkit.RedisServer;
import io.cacheservice.testkit.SlotMove;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases of keys of any form, and of keys whose slot is on its way. */
@Timeout(120)
class ClusterLeasesTest {
    private static final byte[] VALUE = bytes("value");
    private static RedisCluster cluster;
    private static RemoteTier tier;
    private static RedisServer source;
    private static RedisServer target;

    /** A key of the source, in a slot of which the other tests know nothing. */
    private String moving;

    private @Nullable SlotMove move;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
        source = cluster.masters().get(0);
        target = cluster.masters().get(1);
        tier = Tiers.open(CacheConfig.builder()
                .nodes(cluster.seeds())
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(10)));
    }

    @AfterAll
    static void stop() {
        tier.close();
        cluster.close();
    }

    @BeforeEach
    void emptyAndChooseAKey() {
        cluster.masters().forEach(master -> master.command("FLUSHALL"));
        moving = RedisCluster.keyForSlot(cluster.slotsOf(source).get(0));
    }

    @AfterEach
    void finishMove() {
        if (move != null) {
            move.finish();
        }
    }

    private static Lease lease(String key) {
        return tier.lease(bytes(key), placeholder(), LONG_MILLIS, null);
    }

    private static Lease refresh(String key) {
        return tier.refreshLease(bytes(key), placeholder(), LONG_MILLIS, Versions.of(VALUE));
    }

    private static String stored(String key) {
        return String.valueOf(text(await(tier.get(bytes(key), false))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a{b}c", "foo}bar", "{}x", "a}{b}", "}:{x}"})
    void aKeyOfAnyFormIsLeasedAndRefreshed(String key) {
        assertThat(await(granted(lease(key)).fill(VALUE, 40_000))).isTrue();
        Lease refresh = granted(refresh(key));
        assertWaits(await(refresh(key).take()), State.HELD);
        assertThat(await(refresh.fill(bytes("newer"), 40_000))).isTrue();

        assertThat(stored(key)).isEqualTo("newer");
    }

    // ------------------------------------------------------------------------ while the slot of a key moves

    private SlotMove beginMove() {
        SlotMove begun = cluster.beginMove(RedisCluster.slotOf(moving), target);
        move = begun;
        return begun;
    }

    @Test
    void anAbsentKeyIsGrantedAndFilledByTheNewOwner() {
        beginMove();
        Lease lease = granted(lease(moving));

        assertThat(source.command("DBSIZE")).isEqualTo(0L);
        assertThat(await(lease.fill(VALUE, 40_000))).isTrue();
        assertThat(stored(moving)).isEqualTo("value");
        assertThat(source.command("DBSIZE")).isEqualTo(0L);
    }

    @Test
    void aKeyThatIsStillThereIsGrantedAndFilledByTheOldOwner() {
        await(tier.set(bytes(moving), bytes("foreign"), RemoteTier.FOR_EVER));
        beginMove();
        Lease lease = granted(tier.lease(bytes(moving), placeholder(), LONG_MILLIS, Versions.of(bytes("foreign"))));

        assertThat(await(lease.fill(VALUE, 40_000))).isTrue();
        assertThat(stored(moving)).isEqualTo("value");
        assertThat(target.command("DBSIZE")).isEqualTo(0L);
    }

    @Test
    void noEntryIsRefreshedAndTheErrorSaysWhy() {
        await(tier.set(bytes(moving), VALUE, RemoteTier.FOR_EVER));
        beginMove();

        assertThatThrownBy(() -> granted(refresh(moving)))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("TRYAGAIN")
                .hasMessageContaining("finish moving the slot");
        assertThat(target.command("DBSIZE")).isEqualTo(0L);
    }

    @Test
    void aLeaseWhosePlaceholderHasGoneAheadIsVoid() {
        Lease lease = granted(lease(moving));
        beginMove().moveKeys(1);

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertWaits(await(lease(moving).take()), State.HELD);
    }

    @Test
    void aLeaseOfAKeyThatBelongsToAnotherServerNowIsVoid() {
        Lease lease = granted(lease(moving));
        cluster.moveSlot(RedisCluster.slotOf(moving), target);

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertWaits(await(lease(moving).take()), State.HELD);
    }
}
