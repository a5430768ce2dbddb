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

import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer.State;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.testkit.RedisServer;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases beside an entry that is still there. */
class RefreshLeasesTest {
    private static final byte[] KEY = bytes("k");
    private static final byte[] VALUE = bytes("value");

    /** Stale for a while, then kept for a while more. */
    private static final byte[] SEEN = entry(7, new EntryLife(10_000, 50_000, 60_000));

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
    void storeWhatIsToBeRefreshed() {
        redis.command("FLUSHALL");
        await(tier.set(KEY, SEEN, 55_000));
    }

    private static Lease refresh() {
        return tier.refreshLease(KEY, placeholder(), LONG_MILLIS, Versions.of(SEEN));
    }

    private static byte @Nullable [] stored() {
        return await(tier.get(KEY, false)).bytes();
    }

    /** Its bytes are kept, for a refresh to compare. */
    private static void endStaleLife() {
        redis.command("PEXPIRE", "k", "5000");
    }

    @Test
    void theEntryStaysWhileItIsRefreshed() {
        granted(refresh());

        RemoteValue there = await(tier.get(KEY, true));
        assertThat(there.bytes()).isEqualTo(SEEN);
        assertThat(there.remainingMillis()).isBetween(1L, 55_000L);
    }

    @Test
    void whatWasRefreshedTakesThePlaceOfTheEntryAndNothingElseIsLeft() {
        assertThat(await(granted(refresh()).fill(VALUE, 40_000))).isTrue();

        RemoteValue there = await(tier.get(KEY, true));
        assertThat(there.bytes()).isEqualTo(VALUE);
        assertThat(there.remainingMillis()).isBetween(1L, 40_000L);
        assertThat(redis.command("KEYS", "*")).isEqualTo(List.of("k"));
    }

    @Test
    void oneRefreshRunsAtATime() {
        granted(refresh());

        assertWaits(await(refresh().take()), State.HELD);
    }

    @Test
    void aRefreshOfTheNextEntryWaitsForThatOfTheOneBefore() {
        granted(refresh());
        byte[] next = entry(8, EntryLife.of(60_000));
        await(tier.set(KEY, next, 55_000));

        assertWaits(
                await(tier.refreshLease(KEY, placeholder(), LONG_MILLIS, Versions.of(next))
                        .take()),
                State.HELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "12", ""})
    void whatWasNotSeenIsNotRefreshed(String there) {
        redis.command("SET", "k", there);

        assertThat(take(refresh())).isEqualTo(State.CHANGED);
        assertThat(redis.command("DBSIZE")).isEqualTo(1L);
    }

    @Test
    void whatIsGoneIsNotRefreshed() {
        redis.command("DEL", "k");

        assertThat(take(refresh())).isEqualTo(State.CHANGED);
    }

    @Test
    void aCounterIsNotRefreshed() {
        redis.command("SET", "k", "12");

        assertThat(take(tier.refreshLease(KEY, placeholder(), LONG_MILLIS, Versions.of(bytes("12")))))
                .isEqualTo(State.CHANGED);
    }

    @Test
    void whatSomebodyWroteMeanwhileIsNotReplaced() {
        Lease lease = granted(refresh());
        redis.command("SET", "k", "theirs");

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(stored()).isEqualTo(bytes("theirs"));
        assertThat(redis.command("DBSIZE")).as("the lease has ended").isEqualTo(1L);
    }

    @Test
    void whatSomebodyRemovedMeanwhileDoesNotComeBack() {
        Lease lease = granted(refresh());
        redis.command("DEL", "k");

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(redis.command("DBSIZE")).isEqualTo(0L);
    }

    @Test
    void anEntryThatWasExpiredMeanwhileIsNotReplacedSinceItHasANewId() {
        Lease lease = granted(refresh());
        byte[] expired = entry(8, new EntryLife(1, 50_000, 60_000));
        await(tier.set(KEY, expired, 55_000));

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(stored()).isEqualTo(expired);
    }

    @Test
    void aSeizedKeyIsNotRefreshed() {
        Lease lease = granted(refresh());
        Lease seized = granted(tier.seize(KEY, placeholder(), LONG_MILLIS));

        assertThat(await(lease.fill(bytes("refreshed"), 40_000))).isFalse();
        assertThat(await(seized.fill(VALUE, 40_000))).isTrue();
    }

    @Test
    void whatIsFilledAfterTheTimeOfTheLeaseIsRefused() {
        Lease late = granted(tier.refreshLease(KEY, placeholder(), 1, Versions.of(SEEN)));
        Awaitility.await().until(() -> Long.valueOf(1).equals(redis.command("DBSIZE")));

        assertThat(await(late.fill(VALUE, 40_000))).isFalse();
        assertThat(stored()).isEqualTo(SEEN);
    }

    @Test
    void aFailedRefreshLeavesAMarkerAndTheEntry() {
        await(granted(refresh()).release(marker(), 30_000));

        assertThat(stored()).isEqualTo(SEEN);
        assertWaits(await(refresh().take()), State.FAILED);
    }

    @Test
    void aReleasedRefreshIsGrantedToTheNextAtOnce() {
        await(granted(refresh()).release(null, 0));

        granted(refresh());
    }

    @Test
    void whoAsksAgainWithThePlaceholderThatStandsThereHasTheLease() {
        byte[] placeholder = placeholder();
        granted(tier.refreshLease(KEY, placeholder, LONG_MILLIS, Versions.of(SEEN)));

        granted(tier.refreshLease(KEY, placeholder, LONG_MILLIS, Versions.of(SEEN)));
    }

    // ------------------------------------------------------------------- when the entry dies meanwhile

    @Test
    void anEntryPastItsStaleLifeIsHeldWhileItIsRefreshed() {
        Lease lease = granted(refresh());
        endStaleLife();
        assertWaits(await(tier.lease(KEY, placeholder(), LONG_MILLIS, null).take()), State.HELD);

        assertThat(await(lease.fill(VALUE, 40_000))).isTrue();
        assertThat(stored()).isEqualTo(VALUE);
    }

    @Test
    void anEntryPastItsStaleLifeIsNotLoadedRightAfterItsRefreshFailed() {
        await(granted(refresh()).release(marker(), 30_000));
        endStaleLife();

        assertWaits(await(tier.lease(KEY, placeholder(), LONG_MILLIS, null).take()), State.FAILED);
    }

    @Test
    void anEntryPastItsStaleLifeIsGrantedWhenItsRefreshIsReleased() {
        Lease lease = granted(refresh());
        endStaleLife();
        await(lease.release(null, 0));

        granted(tier.lease(KEY, placeholder(), LONG_MILLIS, null));
    }

    /** A refresh of what is gone can store nothing, so nobody is to wait for it. */
    @Test
    void aKeyThatSomebodyRemovedIsGrantedThoughItsRefreshStillRuns() {
        Lease lease = granted(refresh());
        redis.command("DEL", "k");
        Lease anew = granted(tier.lease(KEY, placeholder(), LONG_MILLIS, null));

        assertThat(await(lease.fill(bytes("refreshed"), 40_000))).isFalse();
        assertThat(await(anew.fill(VALUE, 40_000))).isTrue();
    }
}
