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
import static io.cacheservice.redis.Tiers.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheMemoryException;
import io.cacheservice.CacheTimeoutException;
import io.cacheservice.ConnectionStats;
import io.cacheservice.ConnectionStats.State;
import io.cacheservice.internal.entry.EntryLife;
import io.cacheservice.internal.entry.Versions;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.testkit.Direction;
import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.ManualTime;
import io.cacheservice.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a lease where Redis, the way to it or its memory fails. */
class LeasesAndFailuresTest {
    private static final byte[] KEY = bytes("k");
    private static final byte[] VALUE = bytes("value");
    private static final byte[] SEEN = entry(7, EntryLife.of(60_000));

    private final ManualTime time = new ManualTime();
    private final List<byte[]> reported = new CopyOnWriteArrayList<>();
    private RedisServer redis;
    private FaultProxy proxy;
    private RemoteTier tier;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        proxy = FaultProxy.to(redis.port());
        tier = Tiers.open(Tiers.config(proxy.url()).poolSize(1).writeTimeout(Duration.ofMillis(100)), time);
        tier.onChange(reported::add);
    }

    @AfterEach
    void stop() {
        tier.close();
        proxy.close();
        redis.close();
    }

    private Lease lease() {
        return tier.lease(KEY, placeholder(), LONG_MILLIS, null);
    }

    private Lease refresh() {
        return tier.refreshLease(KEY, placeholder(), LONG_MILLIS, Versions.of(SEEN));
    }

    private long strlen() {
        return redis.command("STRLEN", "k") instanceof Long bytes ? bytes : -1;
    }

    private void awaitNewConnection() {
        Awaitility.await().until(() -> {
            ConnectionStats lane = tier.connections().get(0);
            return lane.state() == State.READY && lane.opened() == 2;
        });
    }

    // ------------------------------------------------------------------------------- the connection is lost

    @Test
    void aLeaseEndsWithTheConnectionItWasAskedForOverAndNobodyWaitsForIt() {
        Lease lease = granted(lease());
        proxy.cut();
        awaitNewConnection();
        assertThat(strlen()).as("the placeholder").isEqualTo(32L);

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        Awaitility.await().until(() -> strlen() == 0);
        granted(lease());
    }

    @Test
    void whatSomebodyHasWrittenMeanwhileStaysWhenALostLeaseIsClearedAway() {
        Lease lease = granted(lease());
        proxy.cut();
        awaitNewConnection();
        redis.command("SET", "k", "another's");

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        // over the same connection, so that the clearing is over when this is
        await(tier.delete(bytes("other")));
        assertThat(redis.command("GET", "k")).isEqualTo("another's");
    }

    @Test
    void aLeaseWhoseConnectionIsLostLeavesNoMarkerAndNobodyWaitsForIt() {
        Lease lease = granted(lease());
        proxy.cut();
        awaitNewConnection();

        await(lease.release(marker(), 30_000));
        Awaitility.await().until(() -> strlen() == 0);
        granted(lease());
    }

    @Test
    void aLeaseWhoseAnswerIsLostWithItsConnectionIsClearedAway() {
        Lease lease = lease();
        proxy.hold(Direction.TO_CLIENT);
        CompletableFuture<LeaseAnswer> answer = lease.take();
        Awaitility.await().until(() -> strlen() == 32);
        proxy.cut();
        proxy.release();

        assertThatThrownBy(() -> await(answer)).isInstanceOf(CacheConnectionException.class);
        Awaitility.await().until(() -> strlen() == 0);
    }

    @Test
    void aLeaseWhoseFillIsLostWithItsConnectionIsClearedAway() {
        Lease lease = granted(lease());
        proxy.hold(Direction.TO_SERVER);
        long before = proxy.receivedBytes(Direction.TO_SERVER);
        CompletableFuture<Boolean> fill = lease.fill(VALUE, 40_000);
        Awaitility.await().until(() -> proxy.receivedBytes(Direction.TO_SERVER) > before);
        proxy.cut();
        proxy.release();

        assertThatThrownBy(() -> await(fill)).isInstanceOf(CacheConnectionException.class);
        Awaitility.await().until(() -> strlen() == 0);
    }

    @Test
    void aLostLeaseIsClearedAwayWhenRedisIsBack() {
        Lease lease = granted(lease());
        proxy.refuse();
        proxy.cut();
        Awaitility.await().until(() -> tier.connections().get(0).state() == State.DOWN);
        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(strlen()).isEqualTo(32L);

        proxy.accept();
        Awaitility.await().until(() -> strlen() == 0);
    }

    @Test
    void aLeaseForARefreshEndsWithItsConnectionToo() {
        await(tier.set(KEY, SEEN, 60_000));
        Lease lease = granted(refresh());
        proxy.cut();
        awaitNewConnection();

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(await(tier.get(KEY, false)).bytes()).isEqualTo(SEEN);
    }

    @Test
    void aSeizedLeaseEndsWithItsConnectionToo() {
        Lease lease = granted(tier.seize(KEY, placeholder(), LONG_MILLIS));
        proxy.cut();
        awaitNewConnection();

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        Awaitility.await().until(() -> strlen() == 0);
    }

    @Test
    void aFillWhoseAnswerIsLostMayHaveBeenStored() {
        Lease lease = granted(lease());
        proxy.hold(Direction.TO_CLIENT);
        CompletableFuture<Boolean> fill = lease.fill(VALUE, 40_000);
        Awaitility.await().until(() -> "value".equals(redis.command("GET", "k")));
        proxy.cut();

        assertThatThrownBy(() -> await(fill)).isInstanceOf(CacheConnectionException.class);
    }

    @Test
    void aLeaseThatCouldNotBeAskedForFillsNothing() {
        proxy.refuse();
        proxy.cut();
        Awaitility.await().until(() -> tier.connections().get(0).state() == State.DOWN);
        Lease lease = lease();
        assertThatThrownBy(() -> take(lease)).isInstanceOf(CacheConnectionException.class);
        proxy.accept();
        awaitNewConnection();

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(redis.command("EXISTS", "k")).isEqualTo(0L);
    }

    // ------------------------------------------------------------------------------------- no answer comes

    private Lease grantedWithoutAnAnswer() {
        Lease lease = lease();
        proxy.hold(Direction.TO_CLIENT);
        CompletableFuture<LeaseAnswer> answer = lease.take();
        Awaitility.await().until(() -> strlen() == 32);
        time.advance(Duration.ofMillis(100));
        assertThatThrownBy(() -> await(answer)).isInstanceOf(CacheTimeoutException.class);
        proxy.release();
        return lease;
    }

    @Test
    void aLeaseWhoseAnswerNeverCameIsFilledAllTheSame() {
        Lease lease = grantedWithoutAnAnswer();

        assertThat(await(lease.fill(VALUE, 40_000))).isTrue();
        assertThat(text(await(tier.get(KEY, false)))).isEqualTo("value");
    }

    @Test
    void aLeaseWhoseAnswerNeverCameIsReleasedAllTheSame() {
        await(grantedWithoutAnAnswer().release(null, 0));

        granted(lease());
    }

    @Test
    void aFillThatGetsNoAnswerFailsWhenItsTimeIsUp() {
        Lease lease = granted(lease());
        proxy.hold(Direction.TO_CLIENT);
        CompletableFuture<Boolean> fill = lease.fill(VALUE, 40_000);
        Awaitility.await().until(() -> "value".equals(redis.command("GET", "k")));
        time.advance(Duration.ofMillis(100));

        assertThatThrownBy(() -> await(fill))
                .isInstanceOf(CacheTimeoutException.class)
                .hasMessageContaining("fill got no answer")
                .hasMessageContaining("writeTimeout = 100 ms");
    }

    // -------------------------------------------------------------------- the server is no master any more

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no"})
    void aServerThatIsNoMasterAnyMoreFillsNothing(String servesOldData) {
        redis.command("SET", "seen", "entry");
        Lease lease = granted(lease());
        Lease refresh =
                granted(tier.refreshLease(bytes("seen"), placeholder(), LONG_MILLIS, Versions.of(bytes("entry"))));
        redis.command("CONFIG", "SET", "replica-serve-stale-data", servesOldData);
        redis.command("REPLICAOF", "127.0.0.1", Integer.toString(redis.port()));

        assertThat(await(lease.fill(VALUE, 40_000))).isFalse();
        assertThat(await(refresh.fill(VALUE, 40_000))).isFalse();
        redis.command("REPLICAOF", "NO", "ONE");
        assertThat(strlen()).isEqualTo(32L);
        assertThat(redis.command("GET", "seen")).isEqualTo("entry");
    }

    @Test
    void aServerThatIsNoMasterAnyMoreNeedsNoRelease() {
        Lease lease = granted(lease());
        redis.command("REPLICAOF", "127.0.0.1", Integer.toString(redis.port()));

        await(lease.release(marker(), 30_000));
        redis.command("REPLICAOF", "NO", "ONE");
        assertWaits(await(lease().take()), LeaseAnswer.State.HELD);
    }

    // ------------------------------------------------------------------------------------ the memory is full

    private void fillTheMemory() {
        redis.command("CONFIG", "SET", "maxmemory", "1");
    }

    @Test
    void whereMemoryIsFullALeaseIsGrantedAndReleased() {
        fillTheMemory();

        await(granted(lease()).release(marker(), 30_000));
        assertWaits(await(lease().take()), LeaseAnswer.State.FAILED);
        await(granted(tier.seize(KEY, placeholder(), LONG_MILLIS)).release(null, 0));
        assertThat(redis.command("DBSIZE")).isEqualTo(0L);
    }

    @Test
    void whereMemoryIsFullAnEpochIsMadeAndReplaced() {
        fillTheMemory();

        assertThat(text(await(tier.epoch(KEY, bytes("first"))))).isEqualTo("first");
        await(tier.replaceEpoch(KEY, bytes("second")));
        assertThat(text(await(tier.epoch(KEY, bytes("third"))))).isEqualTo("second");
    }

    @Test
    void whereMemoryIsFullNothingIsFilledAndNobodyWaitsForTheRestOfTheLease() {
        Lease lease = granted(lease());
        fillTheMemory();

        assertThatThrownBy(() -> await(lease.fill(VALUE, 40_000)))
                .isInstanceOf(CacheMemoryException.class)
                .hasMessageContaining("fill")
                .hasMessageContaining("maxmemory");
        assertThat(redis.command("DBSIZE")).isEqualTo(0L);
    }

    @Test
    void whereMemoryIsFullAnEntryIsNotRefreshedAndStays() {
        await(tier.set(KEY, SEEN, 60_000));
        fillTheMemory();
        Lease lease = granted(refresh());

        assertThatThrownBy(() -> await(lease.fill(VALUE, 40_000))).isInstanceOf(CacheMemoryException.class);
        assertThat(await(tier.get(KEY, false)).bytes()).isEqualTo(SEEN);
        assertThat(redis.command("DBSIZE")).isEqualTo(1L);
    }

    // ------------------------------------------------------------------------------------------ the rights

    @Test
    void theRightsThatAreDocumentedAreEnough() {
        redis.command(
                ("ACL SETUSER app on >app-pass resetchannels -@all ~cache:* +get +getrange +getex +pttl +set +del +unlink"
                                + " +incrby +evalsha +eval")
                        .split(" "));
        byte[] key = bytes("cache::k");
        try (RemoteTier restricted = Tiers.open(Tiers.config("redis://app:app-pass@127.0.0.1:" + redis.port()))) {
            assertThat(await(granted(restricted.lease(key, placeholder(), LONG_MILLIS, null))
                            .fill(VALUE, 40_000)))
                    .isTrue();
            Lease refresh = granted(restricted.refreshLease(key, placeholder(), LONG_MILLIS, Versions.of(VALUE)));
            assertThat(await(refresh.fill(bytes("newer"), 40_000))).isTrue();
            await(granted(restricted.seize(key, placeholder(), LONG_MILLIS)).release(null, 0));
            await(restricted.epoch(bytes("cache:~e"), bytes("first")));
            await(restricted.replaceEpoch(bytes("cache:~e"), bytes("second")));
        }
    }
}
