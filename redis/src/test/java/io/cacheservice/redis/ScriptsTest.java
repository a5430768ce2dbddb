package io.cacheservice.redis;

import static io.cacheservice.redis.Tiers.await;
import static io.cacheservice.redis.Tiers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheException;
import io.cacheservice.EntryVersion;
import io.cacheservice.internal.entry.EntryCodec;
import io.cacheservice.internal.entry.EntryHeader;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.redis.internal.server.Script;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.testkit.RedisServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {
    private static final byte[] KEY = bytes("k");
    private static final long DAYS_50 = 50L * 24 * 60 * 60 * 1_000;
    private static RedisServer redis;
    private static RemoteTier tier;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        tier = Tiers.open(Tiers.config(redis.url()));
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

    private static byte[] value(long id, EntryLife life) {
        return EntryCodec.encode(EntryHeader.value(id, 1, 0, life), bytes("payload"));
    }

    private static void store(byte[] entry, long px) {
        await(tier.set(KEY, entry, px));
    }

    /** What counts as absent: nothing, a lease, an error marker, and an entry that is a fallback at most. */
    static Stream<byte[]> unusable() {
        return Stream.of(
                        new byte[0][0],
                        new byte[][] {EntryCodec.encode(EntryHeader.lease(7, 60_000))},
                        new byte[][] {EntryCodec.encode(EntryHeader.error(7, 60_000))},
                        // kept for 60 s, of which 50 were to be stale; the tests store them with 5 s to go
                        new byte[][] {value(7, new EntryLife(10_000, 50_000, 60_000))},
                        new byte[][] {value(7, new EntryLife(50_000, 60_000, 60_000))},
                        // durations of 6 bytes
                        new byte[][] {value(7, new EntryLife(DAYS_50 - 50_000, DAYS_50 - 1, DAYS_50))})
                .map(oneOrNone -> oneOrNone.length == 0 ? new byte[0] : oneOrNone[0]);
    }

    private static void storeUnusable(byte[] entry) {
        if (entry.length > 0) {
            store(entry, 5_000);
        }
    }

    static Stream<byte[]> usable() {
        return Stream.of(
                bytes("plain"),
                bytes("12"),
                value(7, EntryLife.of(60_000)),
                value(7, new EntryLife(40_000, 60_000, 60_000)),
                value(7, new EntryLife(DAYS_50 - 20_000, DAYS_50, DAYS_50)),
                EntryCodec.encode(EntryHeader.value(7, 0, 0, EntryLife.of(EntryLife.FOR_EVER))),
                // what all versions begin with, and one byte less
                Arrays.copyOf(value(7, EntryLife.of(60_000)), 20),
                Arrays.copyOf(value(7, EntryLife.of(60_000)), 19),
                // they end within the durations that they say they have
                Arrays.copyOf(value(7, new EntryLife(1, 2, 60_000)), 32),
                Arrays.copyOf(value(7, new EntryLife(1, 2, DAYS_50)), 38),
                value(7, EntryLife.of(EntryLife.FOR_EVER)),
                EntryCodec.encode(EntryHeader.none(7, 1, 0, EntryLife.of(60_000))));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aValueIsStoredWhereNothingUsableIs(byte[] there) {
        storeUnusable(there);

        assertThat(await(tier.setIfAbsent(KEY, bytes("new"), 40_000))).isTrue();
        RemoteValue value = await(tier.get(KEY, true));
        assertThat(value.bytes()).isEqualTo(bytes("new"));
        assertThat(value.remainingMillis()).isBetween(20_000L, 40_000L);
    }

    @ParameterizedTest
    @MethodSource("usable")
    void aUsableValueIsNotStoredOver(byte[] there) {
        store(there, 55_000);

        assertThat(await(tier.setIfAbsent(KEY, bytes("new"), 40_000))).isFalse();
        assertThat(await(tier.get(KEY, true)).bytes()).isEqualTo(there);
    }

    @Test
    void anEntryThatSomebodyMadePersistentNeverEnds() {
        store(value(7, new EntryLife(10_000, 50_000, 60_000)), RemoteTier.FOR_EVER);

        assertThat(await(tier.setIfAbsent(KEY, bytes("new"), 40_000))).isFalse();
    }

    @Test
    void anEntryOfALaterFormatCountsAsUsable() {
        byte[] later = value(7, new EntryLife(10_000, 50_000, 60_000));
        later[2]++;
        store(later, 5_000);

        assertThat(await(tier.setIfAbsent(KEY, bytes("new"), 40_000))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("usable")
    void anEntryIsReplacedByTheOneWhoSawIt(byte[] there) {
        store(there, 55_000);

        assertThat(await(tier.replace(KEY, EntryVersion.parse("0123456789abcdef"), bytes("new"), 40_000)))
                .isFalse();
        assertThat(await(tier.replace(KEY, Versions.of(there), bytes("new"), 40_000)))
                .isTrue();
        assertThat(await(tier.replace(KEY, Versions.of(there), bytes("newer"), 40_000)))
                .isFalse();
        assertThat(await(tier.get(KEY, true)).bytes()).isEqualTo(bytes("new"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void whatIsNotUsableIsNotReplaced(byte[] there) {
        storeUnusable(there);

        assertThat(await(tier.replace(KEY, Versions.of(there), bytes("new"), 40_000)))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("usable")
    void anEntryIsRemovedByTheOneWhoSawIt(byte[] there) {
        store(there, 55_000);

        assertThat(await(tier.delete(KEY, EntryVersion.parse("0123456789abcdef"))))
                .isFalse();
        assertThat(await(tier.get(KEY, true)).bytes()).isEqualTo(there);
        assertThat(await(tier.delete(KEY, Versions.of(there)))).isTrue();
        assertThat(await(tier.get(KEY, true)).bytes()).isNull();
        assertThat(await(tier.delete(KEY, Versions.of(there)))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void whatIsNotUsableIsNotRemovedByItsVersion(byte[] there) {
        storeUnusable(there);

        assertThat(await(tier.delete(KEY, Versions.of(there)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 0xC5CE_0102_0304_0506L, Long.MIN_VALUE})
    void theVersionOfAnEntryIsItsIdInHexadecimal(long id) {
        store(value(id, EntryLife.of(60_000)), 60_000);

        assertThat(await(tier.replace(KEY, Versions.framed(id), bytes("new"), 40_000)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("usable")
    void whatIsTakenIsGoneAndHasItsLife(byte[] there) {
        store(there, 55_000);

        RemoteValue taken = await(tier.getAndDelete(KEY));
        assertThat(taken.bytes()).isEqualTo(there);
        assertThat(taken.remainingMillis()).isBetween(30_000L, 55_000L);
        assertThat(await(tier.getAndDelete(KEY)).bytes()).isNull();
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void whatIsNotUsableIsNotTaken(byte[] there) {
        storeUnusable(there);

        assertThat(await(tier.getAndDelete(KEY)).bytes()).isNull();
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aCounterBeginsWhereNothingUsableIs(byte[] there) {
        storeUnusable(there);

        assertThat(await(tier.increment(KEY, 5, 40_000))).isEqualTo(5);
        assertThat(await(tier.increment(KEY, -7, 90_000))).isEqualTo(-2);
        assertThat(redis.command("GET", "k")).isEqualTo("-2");
        assertThat(await(tier.get(KEY, true)).remainingMillis()).isBetween(20_000L, 40_000L);
    }

    @Test
    void aCounterIsExactToTheLastOf64Bits() {
        assertThat(await(tier.increment(KEY, Long.MAX_VALUE - 1, RemoteTier.FOR_EVER)))
                .isEqualTo(Long.MAX_VALUE - 1);
        assertThat(await(tier.increment(KEY, 1, RemoteTier.FOR_EVER))).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> await(tier.increment(KEY, 1, RemoteTier.FOR_EVER)))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining("'k' is 9223372036854775807; adding 1 would leave the range");
        assertThat(redis.command("GET", "k")).isEqualTo("9223372036854775807");
        assertThat(redis.command("PTTL", "k")).isEqualTo(-1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "1.5", "+1", "", "\u00e9"})
    void whatIsNoCounterIsNotCounted(String there) {
        redis.command("SET", "k", there);

        assertThatThrownBy(() -> await(tier.increment(KEY, 1, 60_000)))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining("'k' holds a value, not a counter");
        assertThat(redis.command("GET", "k")).isEqualTo(there);
    }

    @Test
    void anEntryIsNoCounter() {
        byte[] entry = value(7, EntryLife.of(60_000));
        store(entry, 60_000);

        assertThatThrownBy(() -> await(tier.increment(KEY, 1, 60_000)))
                .hasMessageContaining("'k' holds a value, not a counter");
        assertThat(await(tier.get(KEY, true)).bytes()).isEqualTo(entry);
    }

    @Test
    void scriptsThatTheServerForgotAreSentAgain() {
        await(tier.increment(KEY, 1, 60_000));
        redis.command("SCRIPT", "FLUSH");

        List<CompletableFuture<Long>> counts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            counts.add(tier.increment(KEY, 1, 60_000));
        }
        counts.forEach(Tiers::await);
        assertThat(redis.command("GET", "k")).isEqualTo("51");
    }

    @Test
    void aUserWhoMayNotLoadScriptsCanRunThem() {
        redis.command("ACL", "SETUSER", "runner", "on", ">runner-pass", "~*", "+@all", "-script");
        try (RemoteTier restricted = Tiers.open(Tiers.config("redis://runner:runner-pass@127.0.0.1:" + redis.port()))) {
            redis.command("SCRIPT", "FLUSH");

            assertThat(await(restricted.increment(KEY, 3, 60_000))).isEqualTo(3);
        }
    }

    @Test
    void onlyServersThatKnowItAreSentTheHeader() {
        for (Script script : Script.values()) {
            assertThat(script.text(true).source()).startsWith("#!lua");
            assertThat(script.text(false).source()).doesNotContain("#!lua").startsWith("-- ");
        }
        ScriptDialect dialect = new ScriptDialect();
        assertThat(dialect.learnFrom("NOSCRIPT No matching script. Please use EVAL."))
                .isFalse();
        assertThat(dialect.knowsHeader()).isTrue();
        assertThat(dialect.learnFrom(
                        "ERR Error compiling script (new function): user_script:1: unexpected symbol near '#'"))
                .isTrue();
        assertThat(dialect.knowsHeader()).isFalse();
    }
}
