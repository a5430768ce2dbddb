package io.cacheservice.redis;

import static io.cacheservice.redis.Placeholders.LONG_MILLIS;
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
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told to wait hears of the end of what he waits for; who holds a lease is not disturbed by it. */
class LeasesAreAnnouncedTest {
    private static final byte[] KEY = bytes("k");
    private static final byte[] VALUE = bytes("value");
    private static final byte[] SEEN = entry(7, new EntryLife(10_000, 50_000, 60_000));

    private final RedisServer redis = RedisServer.start();
    private final RemoteTier holder = Tiers.open(Tiers.config(redis.url()).poolSize(1));
    private final RemoteTier waiter = Tiers.open(Tiers.config(redis.url()).poolSize(1));
    private final List<String> holderHeard = new CopyOnWriteArrayList<>();
    private final List<String> waiterHeard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        holder.onChange(key -> holderHeard.add(new String(key, StandardCharsets.UTF_8)));
        waiter.onChange(key -> waiterHeard.add(new String(key, StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() {
        holder.close();
        waiter.close();
        redis.close();
    }

    private static Lease lease(RemoteTier by) {
        return by.lease(KEY, placeholder(), LONG_MILLIS, null);
    }

    private static Lease refresh(RemoteTier by) {
        return by.refreshLease(KEY, placeholder(), LONG_MILLIS, Versions.of(SEEN));
    }

    /** The waiter is told to wait; what it heard until then is forgotten. */
    private void waits(Lease lease, State state) {
        assertThat(take(lease)).isEqualTo(state);
        awaitAnnouncements(waiter);
        waiterHeard.clear();
    }

    /** What was announced before this call is here after it. */
    private static void awaitAnnouncements(RemoteTier tier) {
        await(tier.get(bytes("other"), false));
    }

    private void assertWaiterHeard(String... keys) {
        awaitAnnouncements(waiter);
        assertThat(waiterHeard).containsExactly(keys);
    }

    // ------------------------------------------------------------------------------------------ waiters

    @Test
    void whoWaitsForALeaseHearsOfTheValue() {
        Lease held = granted(lease(holder));
        waits(lease(waiter), State.HELD);

        await(held.fill(VALUE, 40_000));
        assertWaiterHeard("k");
    }

    @Test
    void whoWaitsForALeaseHearsOfItsRelease() {
        Lease held = granted(lease(holder));
        waits(lease(waiter), State.HELD);

        await(held.release(null, 0));
        assertWaiterHeard("k");
    }

    @Test
    void whoWaitsForALeaseHearsOfItsFailure() {
        Lease held = granted(lease(holder));
        waits(lease(waiter), State.HELD);

        await(held.release(marker(), LONG_MILLIS));
        assertWaiterHeard("k");
    }

    @Test
    void whoWaitsForALeaseHearsOfItsRemovalByAnybody() {
        granted(lease(holder));
        waits(lease(waiter), State.HELD);

        redis.command("DEL", "k");
        assertWaiterHeard("k");
    }

    @Test
    void whoIsToldOfAFailureHearsOfItsEnd() {
        await(granted(lease(holder)).release(marker(), LONG_MILLIS));
        waits(lease(waiter), State.FAILED);

        redis.command("DEL", "k");
        assertWaiterHeard("k");
    }

    @Test
    void whoWaitsForTheRefreshOfADeadEntryHearsOfItsFailureAsAChangeOfTheEntry() {
        await(holder.set(KEY, SEEN, 55_000));
        Lease held = granted(refresh(holder));
        redis.command("PEXPIRE", "k", "5000");
        waits(lease(waiter), State.HELD);

        await(held.release(marker(), LONG_MILLIS));
        assertWaiterHeard("k");
    }

    @Test
    void whoWaitsForTheRefreshOfADeadEntryHearsOfTheValue() {
        await(holder.set(KEY, SEEN, 55_000));
        Lease held = granted(refresh(holder));
        redis.command("PEXPIRE", "k", "5000");
        waits(lease(waiter), State.HELD);

        assertThat(await(held.fill(VALUE, 40_000))).isTrue();
        assertWaiterHeard("k", "k");
    }

    @Test
    void whoIsKeptFromRefreshingHearsOfTheEndOfTheOtherRefresh() {
        await(holder.set(KEY, SEEN, 55_000));
        Lease held = granted(refresh(holder));
        waits(refresh(waiter), State.HELD);

        await(held.release(null, 0));
        assertWaiterHeard("k");
    }

    // ----------------------------------------------------------------------------------------- holders

    @Test
    void whoTakesAndFillsALeaseHearsOfItsOwnTwoWritesOnly() {
        await(granted(lease(holder)).fill(VALUE, 40_000));
        awaitAnnouncements(holder);

        assertThat(holderHeard).as("before each is sent, and before it is done").containsExactly("k", "k", "k", "k");
    }

    /** It remembers who has read a key until it tells him, of our own placeholder too; the value is not told again. */
    @Test
    void whoReadTheKeyBeforeHearsOfThePlaceholderAndNotOfTheValue() {
        await(holder.get(KEY, true));
        Lease lease = granted(lease(holder));
        awaitAnnouncements(holder);
        assertThat(holderHeard).containsExactly("k", "k", "k");
        holderHeard.clear();

        await(lease.fill(VALUE, 40_000));
        awaitAnnouncements(holder);
        assertThat(holderHeard).containsExactly("k", "k");
    }

    @Test
    void copiesOfAnEntryAreUsedUntilItsRefreshHasStoredAnother() {
        await(holder.set(KEY, SEEN, 55_000));
        await(holder.get(KEY, true));
        await(waiter.get(KEY, true));
        holderHeard.clear();
        Lease lease = granted(refresh(holder));
        awaitAnnouncements(holder);
        awaitAnnouncements(waiter);
        assertThat(holderHeard).isEmpty();
        assertThat(waiterHeard).isEmpty();

        await(lease.fill(VALUE, 40_000));
        awaitAnnouncements(holder);
        assertThat(holderHeard).contains("k");
        assertWaiterHeard("k");
    }

    @Test
    void aFailedRefreshLeavesTheCopiesOfTheEntry() {
        await(holder.set(KEY, SEEN, 55_000));
        await(holder.get(KEY, true));
        holderHeard.clear();
        await(granted(refresh(holder)).release(marker(), LONG_MILLIS));
        awaitAnnouncements(holder);

        assertThat(holderHeard).isEmpty();
    }

    @Test
    void aSeizedKeyIsReportedBeforeItIsSeizedAndBeforeThatIsKnown() {
        granted(holder.seize(KEY, placeholder(), LONG_MILLIS));
        awaitAnnouncements(holder);

        assertThat(holderHeard).containsExactly("k", "k");
    }
}
