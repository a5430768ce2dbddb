package io.cacheservice.redis;

import static io.cacheservice.redis.Placeholders.LONG_MILLIS;
import static io.cacheservice.redis.Placeholders.assertWaits;
import static io.cacheservice.redis.Placeholders.entry;
import static io.cacheservice.redis.Placeholders.granted;
import static io.cacheservice.redis.Placeholders.marker;
import static io.cacheservice.redis.Placeholders.placeholder;
import static io.cacheservice.redis.Placeholders.take;
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
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer.State;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.testkit.RedisServer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases whose placeholder stands under the key itself. */
class LeasesInPlaceTest {
    private static final byte[] KEY = bytes("k");
    private static final byte[] VALUE = bytes("value");
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

    private static Lease lease() {
        return tier.lease(KEY, placeholder(), LONG_MILLIS, null);
    }

    private static Lease leaseOver(byte[] seen) {
        return tier.lease(KEY, placeholder(), LONG_MILLIS, Versions.of(seen));
    }

    private static byte @Nullable [] stored() {
        return await(tier.get(KEY, true)).bytes();
    }

    // ------------------------------------------------------------------------------------------ granted

    @Test
    void aKeyUnderWhichNothingIsIsGrantedAndHoldsThePlaceholder() {
        byte[] placeholder = placeholder();
        assertThat(take(tier.lease(KEY, placeholder, 30_000, null))).isEqualTo(State.GRANTED);

        RemoteValue there = await(tier.get(KEY, true));
        assertThat(there.bytes()).isEqualTo(placeholder);
        assertThat(there.remainingMillis()).isBetween(1L, 30_000L);
    }

    @Test
    void whoHoldsItStoresOneValue() {
        Lease lease = granted(lease());
        assertThat(await(lease.fill(VALUE, 40_000))).isTrue();

        RemoteValue there = await(tier.get(KEY, true));
        assertThat(there.bytes()).isEqualTo(VALUE);
        assertThat(there.remainingMillis()).isBetween(1L, 40_000L);
        assertThat(await(lease.fill(bytes("again"), 40_000))).isFalse();
    }

    @Test
    void whatIsStoredForEverHasNoEnd() {
        assertThat(await(granted(lease()).fill(VALUE, RemoteTier.FOR_EVER))).isTrue();

        assertThat(await(tier.get(KEY, true)).remainingMillis()).isEqualTo(RemoteValue.FOR_EVER);
    }

    @Test
    void whoAsksAgainWithThePlaceholderThatStandsThereHasTheLease() {
        byte[] placeholder = placeholder();
        granted(tier.lease(KEY, placeholder, LONG_MILLIS, null));

        granted(tier.lease(KEY, placeholder, LONG_MILLIS, null));
    }

    // --------------------------------------------------------------------------------------------- held

    @Test
    void whileALeaseStandsItIsHeldForTheRestOfItsTime() {
        granted(lease());

        assertWaits(await(lease().take()), State.HELD);
    }

    @Test
    void whoIsNotGrantedItChangesNothing() {
        Lease first = granted(lease());
        Lease second = lease();
        Lease third = lease();
        assertThat(take(second)).isEqualTo(State.HELD);
        assertThat(take(third)).isEqualTo(State.HELD);

        assertThat(await(second.fill(bytes("second"), 40_000))).isFalse();
        await(third.release(marker(), LONG_MILLIS));
        assertThat(await(first.fill(VALUE, 40_000))).isTrue();
    }

    @Test
    void aPlaceholderThatHasNoEndHoldsNobody() {
        granted(lease());
        redis.command("PERSIST", "k");

        granted(lease());
    }

    // --------------------------------------------------------------------------------------------- void

    @Test
    void aRemovalByAnybodyEndsIt() {
        Lease lease = granted(lease());
        redis.command("DEL", "k");

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(stored()).isNull();
    }

    @Test
    void aWriteByAnybodyEndsIt() {
        Lease lease = granted(lease());
        redis.command("SET", "k", "theirs");

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(stored()).isEqualTo(bytes("theirs"));
    }

    @Test
    void aWriteOfAnotherTypeEndsIt() {
        Lease lease = granted(lease());
        redis.command("DEL", "k");
        redis.command("LPUSH", "k", "theirs");

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(redis.command("LLEN", "k")).isEqualTo(1L);
    }

    @Test
    void whatIsFilledAfterTheTimeOfTheLeaseIsRefused() {
        Lease late = granted(tier.lease(KEY, placeholder(), 1, null));
        Awaitility.await().until(() -> stored() == null);

        assertThat(await(late.fill(VALUE, 40_000))).isFalse();
        assertThat(stored()).isNull();
    }

    @Test
    void whatIsFilledAfterTheTimeOfTheLeaseDoesNotEndTheNextOne() {
        Lease late = granted(tier.lease(KEY, placeholder(), 1, null));
        Awaitility.await().until(() -> stored() == null);
        Lease next = granted(lease());

        assertThat(await(late.fill(bytes("late"), 40_000))).isFalse();
        assertThat(await(next.fill(VALUE, 40_000))).isTrue();
    }

    // --------------------------------------------------------------------------------------- given back

    @Test
    void aReleasedLeaseIsGrantedToTheNextAtOnce() {
        await(granted(lease()).release(null, 0));

        assertThat(stored()).isNull();
        granted(lease());
    }

    @Test
    void aFailedLoadLeavesAMarkerOfWhichOthersAreTold() {
        byte[] marker = marker();
        await(granted(lease()).release(marker, 30_000));

        assertThat(stored()).isEqualTo(marker);
        assertWaits(await(lease().take()), State.FAILED);
    }

    @Test
    void aMarkerThatHasEndedHoldsNobody() {
        await(granted(lease()).release(marker(), 1));
        Awaitility.await().until(() -> stored() == null);

        granted(lease());
    }

    @Test
    void aReleaseDoesNothingToWhatSomebodyWrote() {
        Lease lease = granted(lease());
        redis.command("SET", "k", "theirs");

        await(lease.release(marker(), 30_000));
        assertThat(stored()).isEqualTo(bytes("theirs"));
    }

    // ---------------------------------------------------------------------------------- what is there

    /** What is alive, stored with 55 seconds to go. */
    static Stream<byte[]> alive() {
        byte[] later = entry(7, new EntryLife(1_000, 2_000, 60_000));
        later[2]++;
        return Stream.of(
                bytes("plain"),
                bytes(""),
                entry(7, EntryLife.of(60_000)),
                entry(7, new EntryLife(1_000, 60_000, 60_000)),
                entry(7, EntryLife.of(EntryLife.FOR_EVER)),
                entry(7, new EntryLife(1_000, DAYS_50, DAYS_50)),
                EntryCodec.encode(EntryHeader.none(7, 1, 0, EntryLife.of(60_000))),
                later);
    }

    @ParameterizedTest
    @MethodSource("alive")
    void whatIsAliveStays(byte[] there) {
        await(tier.set(KEY, there, 55_000));

        assertThat(take(lease())).isEqualTo(State.CHANGED);
        assertThat(take(tier.lease(KEY, placeholder(), LONG_MILLIS, EntryVersion.parse("0123456789abcdef"))))
                .isEqualTo(State.CHANGED);
        assertThat(stored()).isEqualTo(there);
    }

    @ParameterizedTest
    @MethodSource("alive")
    void theBytesThatWereSeenGiveWay(byte[] there) {
        await(tier.set(KEY, there, 55_000));

        assertThat(await(granted(leaseOver(there)).fill(VALUE, 40_000))).isTrue();
        assertThat(stored()).isEqualTo(VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-7", "9223372036854775807", "-9223372036854775808", "1234567890123456789"})
    void aCounterNeverGivesWay(String count) {
        redis.command("SET", "k", count);

        assertThat(take(leaseOver(bytes(count)))).isEqualTo(State.CHANGED);
        assertThat(redis.command("GET", "k")).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-0", "007", "+7", "7.0", "9223372036854775808", "-9223372036854775809", "12345678901234567890"})
    void whatOnlyLooksLikeACounterGivesWay(String foreign) {
        redis.command("SET", "k", foreign);

        granted(leaseOver(bytes(foreign)));
    }

    @Test
    void anEntryOfAVeryLongLifeGivesWayPastItsStaleLife() {
        await(tier.set(KEY, entry(7, new EntryLife(1_000, DAYS_50 - 10_000, DAYS_50)), 5_000));

        assertThat(await(granted(lease()).fill(VALUE, 40_000))).isTrue();
    }

    @Test
    void anEntryPastItsStaleLifeGivesWay() {
        await(tier.set(KEY, entry(7, new EntryLife(10_000, 50_000, 60_000)), 5_000));

        granted(lease());
    }

    @Test
    void anEntryPastItsStaleLifeThatSomebodyMadePersistentStays() {
        await(tier.set(KEY, entry(7, new EntryLife(10_000, 50_000, 60_000)), RemoteTier.FOR_EVER));

        assertThat(take(lease())).isEqualTo(State.CHANGED);
    }

    @Test
    void anotherTypeIsAnErrorThatNamesTheRemedy() {
        redis.command("LPUSH", "k", "theirs");

        assertThatThrownBy(() -> take(lease()))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining("lease")
                .hasMessageContaining("another type than a string");
        assertThat(redis.command("LLEN", "k")).isEqualTo(1L);
    }

    // ------------------------------------------------------------------------------------------- seized

    @Test
    void aSeizedKeyIsTakenFromWhoeverHoldsIt() {
        Lease first = granted(lease());
        Lease seized = granted(tier.seize(KEY, placeholder(), LONG_MILLIS));

        assertThat(await(first.fill(bytes("first"), 40_000))).isFalse();
        assertWaits(await(lease().take()), State.HELD);
        assertThat(await(seized.fill(VALUE, 40_000))).isTrue();
        assertThat(stored()).isEqualTo(VALUE);
    }

    @Test
    void aKeyIsSeizedWhateverStandsThere() {
        redis.command("SET", "k", "12");
        granted(tier.seize(KEY, placeholder(), LONG_MILLIS));
        redis.command("DEL", "k");
        redis.command("LPUSH", "k", "theirs");

        Lease seized = granted(tier.seize(KEY, placeholder(), 30_000));
        assertThat(await(tier.get(KEY, true)).remainingMillis()).isBetween(1L, 30_000L);
        await(seized.release(null, 0));
        assertThat(stored()).isNull();
    }

    // ------------------------------------------------------------------------------------------- misuse

    @Test
    void aLeaseIsAskedForBeforeItIsFilled() {
        assertThatThrownBy(() -> lease().fill(VALUE, 40_000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("take() comes first");
    }

    @Test
    void whatIsFilledWhileTheAnswerIsAwaitedFollowsIt() {
        Lease lease = lease();
        var answer = lease.take();

        assertThat(await(lease.fill(VALUE, 40_000))).isTrue();
        assertThat(answer).isCompletedWithValueMatching(given -> given.state() == State.GRANTED);
    }

    @Test
    void aServerThatForgotTheScriptsGrantsAndFillsAllTheSame() {
        redis.command("SCRIPT", "FLUSH");
        Lease lease = granted(lease());
        redis.command("SCRIPT", "FLUSH");

        assertThat(await(lease.fill(VALUE, 40_000))).isTrue();
    }
}
