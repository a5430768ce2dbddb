package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static io.cacheservice.redis.Tiers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheException;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisTierTest {
    private static RedisServer redis;
    private static RemoteTier tier;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        // its connections look for a key of their own every quarter of the bound: not while commands are counted
        tier = Tiers.open(Tiers.config(redis.url()).poolSize(3).maxStaleness(Duration.ofMinutes(10)));
    }

    @AfterAll
    static void stop() {
        tier.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.command("FLUSHALL");
    }

    @Test
    void whatIsSetIsRead() {
        await(tier.set(bytes("k"), bytes("v"), 60_000));

        RemoteValue value = await(tier.get(bytes("k"), true));
        assertThat(text(value)).isEqualTo("v");
        assertThat(value.remainingMillis()).isBetween(30_000L, 60_000L);
    }

    @Test
    void aValueWithoutEndHasNoEnd() {
        await(tier.set(bytes("k"), bytes("v"), RemoteTier.FOR_EVER));

        assertThat(await(tier.get(bytes("k"), true)).remainingMillis()).isEqualTo(RemoteValue.FOR_EVER);
        assertThat(redis.command("PTTL", "k")).isEqualTo(-1L);
    }

    @Test
    void theRemainingLifeIsNotReadWhenNobodyAsks() {
        await(tier.set(bytes("k"), bytes("v"), 60_000));

        RemoteValue value = await(tier.get(bytes("k"), false));
        assertThat(text(value)).isEqualTo("v");
        assertThat(value.remainingMillis()).isEqualTo(RemoteValue.NOT_ASKED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAbsentKeyIsAbsent(boolean withRemaining) {
        assertThat(await(tier.get(bytes("k"), withRemaining)).bytes()).isNull();
    }

    @Test
    void anEmptyValueIsToldFromNoneByItsRemainingLife() {
        redis.command("SET", "k", "");

        assertThat(await(tier.get(bytes("k"), true)).bytes()).isEmpty();
        assertThat(await(tier.get(bytes("k"), false)).bytes()).isNull();
    }

    @Test
    void aMissTakesOneCommandWhenItsLifeIsNotAskedFor() {
        // where nothing is kept, the connection asks nothing of its own
        try (RedisServer own = RedisServer.start();
                RemoteTier asking = Tiers.open(Tiers.config(own.url()).maxStaleness(Duration.ZERO))) {
            await(asking.get(bytes("k"), false)); // its connection is open
            own.command("CONFIG", "RESETSTAT");

            await(asking.get(bytes("k"), false));

            assertThat(String.valueOf(own.command("INFO", "commandstats")))
                    .contains("cmdstat_getrange:calls=1,")
                    .doesNotContain("cmdstat_get:");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyOfAnotherTypeIsToldApart(boolean withRemaining) {
        redis.command("LPUSH", "k", "x");

        RemoteValue value = await(tier.get(bytes("k"), withRemaining));
        assertThat(value.isWrongType()).isTrue();
        assertThat(value.bytes()).isNull();
    }

    @Test
    void aDeletedKeyIsAbsent() {
        await(tier.set(bytes("k"), bytes("v"), 60_000));

        assertThat(await(tier.delete(bytes("k")))).isTrue();
        assertThat(await(tier.delete(bytes("k")))).isFalse();
        assertThat(await(tier.get(bytes("k"), true)).bytes()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 262_143, 262_144, 262_145, 524_288, 5_000_000})
    void aValueOfAnySizeComesBackWhole(int length) {
        byte[] value = new byte[length];
        new Random(length).nextBytes(value);
        await(tier.set(bytes("k"), value, 60_000));

        assertThat(await(tier.get(bytes("k"), true)).bytes()).isEqualTo(value);
        assertThat(await(tier.get(bytes("k"), false)).bytes()).isEqualTo(value);
    }

    @Test
    void aValueBeyondTheLargestIsReadToJustBeyondIt() {
        byte[] value = new byte[4_000_000];
        try (RemoteTier small = Tiers.open(Tiers.config(redis.url()).maxValueBytes(1_000_000))) {
            await(tier.set(bytes("k"), value, 60_000));

            assertThat(await(small.get(bytes("k"), true)).bytes()).hasSizeBetween(1_065_536, 3_000_000);
        }
    }

    @Test
    void manyKeysAreReadAndRemovedTogether() {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(bytes("k" + i));
            values.add(bytes("v" + i));
        }
        for (int i = 0; i < keys.size(); i++) {
            await(tier.set(keys.get(i), values.get(i), 60_000));
        }

        assertThat(await(tier.getAll(keys, true)).stream()
                        .map(answer -> await(answer).bytes()))
                .containsExactlyElementsOf(values);
        assertThat(tier.deleteAll(keys).stream().map(Tiers::await))
                .containsOnly(true)
                .hasSize(100);
        assertThat(await(tier.getAll(keys, false)).stream()
                        .map(answer -> await(answer).bytes() == null))
                .containsOnly(true);
    }

    @Test
    void commandsForAKeyAreCarriedOutInTheOrderTheyWereGiven() {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(tier.set(bytes("k"), bytes("v" + i), 60_000));
            int expected = i;
            all.add(tier.get(bytes("k"), true)
                    .thenAccept(value -> assertThat(text(value)).isEqualTo("v" + expected)));
            if (i % 3 == 0) {
                all.add(tier.delete(bytes("k"))
                        .thenAccept(was -> assertThat(was).isTrue()));
                all.add(tier.setIfAbsent(bytes("k"), bytes("w"), 60_000)
                        .thenAccept(did -> assertThat(did).isTrue()));
            }
        }
        assertThat(all).allSatisfy(answer -> assertThat(answer).succeedsWithin(java.time.Duration.ofSeconds(20)));
    }

    @Test
    void aWriteToAKeyOfAnotherTypeReplacesIt() {
        redis.command("LPUSH", "k", "x");

        await(tier.set(bytes("k"), bytes("v"), 60_000));
        assertThat(text(await(tier.get(bytes("k"), true)))).isEqualTo("v");
    }

    @Test
    void countingOnAKeyOfAnotherTypeIsRefusedWithCauseAndRemedy() {
        redis.command("LPUSH", "k", "x");

        assertThatThrownBy(() -> await(tier.increment(bytes("k"), 1, 60_000)))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining("WRONGTYPE")
                .hasMessageContaining("Remedy: delete it");
    }
}
