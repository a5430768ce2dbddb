package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.Compression;
import io.cacheservice.ConnectionStats;
import io.cacheservice.ContextCarrier;
import io.cacheservice.EntryFormat;
import io.cacheservice.EntryVersion;
import io.cacheservice.FailedOutcome;
import io.cacheservice.Loader;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import io.cacheservice.TimeSource;
import io.cacheservice.TypeRef;
import io.cacheservice.internal.coherence.Tokens;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.compress.Ways;
import io.cacheservice.internal.entry.Codecs;
import io.cacheservice.internal.entry.Shapes;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.stats.StatsRecorder;
import io.cacheservice.redis.RedisTierProvider;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import io.cacheservice.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that meet a key whose removal still waits in the journal. */
class RemoteStoreTest {
    private static final long LIFE_MILLIS = 60_000;

    private final RedisServer server = RedisServer.start();
    private final RefusingTier tier = new RefusingTier(new RedisTierProvider()
            .open(
                    CacheConfig.builder()
                            .url(server.url())
                            .readTimeout(Duration.ofSeconds(5))
                            .writeTimeout(Duration.ofSeconds(5))
                            .build(),
                    TimeSource.system(),
                    Runnable::run));
    private final Seams seams =
            new Seams(TimeSource.system(), Runnable::run, ContextCarrier.none(), RandomGenerator.getDefault());
    private final Journal journal = new Journal(tier, 10, RandomGenerator.getDefault());
    private final Framing<String> framing = new Framing<>(
            Shapes.only(Codecs.find(TypeRef.of(String.class))),
            EntryFormat.FRAMED,
            false,
            1_000,
            null,
            null,
            new ValueCompressor(
                    Compression.NONE, Ways.find(), TimeSource.system(), new CompressionMeter(new StatsRecorder())));
    private final RemoteStore<String, String> store = new RemoteStore<>(
            new RemoteStore.Remote(tier, journal, new Losses(journal, new AcceptedKeys(10, TimeSource.system())), 10),
            new Claims(tier, new Tokens(), seams.random()),
            null,
            new Sealing<>(
                    RemoteStoreTest::bytes,
                    new Encoding<>("names", Codecs.find(TypeRef.of(String.class)), new Limits(1_000)),
                    framing,
                    Retention.NONE,
                    seams),
            framing,
            null,
            key -> true,
            1_000,
            seams);

    @AfterEach
    void stop() {
        journal.close();
        tier.close();
        server.close();
    }

    @Test
    void whatWasStoredBecauseNothingWasThereStaysWhenTheJournalIsDelivered() {
        storedAndThenInvalidatedWhileRedisWasAway();

        assertThat(store.writeIfAbsent("k", draft("new")).join()).isTrue();
        deliverTheJournal();

        assertThat(read()).isEqualTo("new");
    }

    @Test
    void aVersionSeenBeforeTheInvalidationIsNotReplacedAfterIt() {
        EntryVersion seen = storedAndThenInvalidatedWhileRedisWasAway();

        assertThat(store.replace("k", seen, draft("new")).join()).isFalse();
        deliverTheJournal();

        assertThat(read()).isNull();
    }

    @Test
    void theSecondLookForAYoungEntryRefusesAnOldOne() {
        store.write("k", draft("old")).join();
        server.command("PEXPIRE", "k", Long.toString(LIFE_MILLIS - 30_000)); // as after 30 seconds

        assertThat(foundBySecondLookFor(Duration.ofSeconds(5))).isEqualTo("loaded");
    }

    @Test
    void theSecondLookForAYoungEntryTakesOneThatIsYoungEnough() {
        store.write("k", draft("stored by another load")).join();

        assertThat(foundBySecondLookFor(Duration.ofSeconds(30))).isEqualTo("stored by another load");
    }

    /** What a read gets whose first look found nothing before another load landed. */
    private @Nullable String foundBySecondLookFor(Duration maxAge) {
        LoadPolicy policy = TypedPolicy.LoadTimes.DEFAULTS.loadPolicy(Optional.empty(), 0);
        Loads<String, String> loads = new Loads<>(
                store,
                new Flights<>(),
                new StatsRecorder(),
                seams,
                new Lifecycle(),
                policy,
                (key, value) -> Set.of(),
                new Bulkhead(1));
        Loaders<String, String> loaders = Loaders.one(Loaders.of((Loader<String, String>) key -> "loaded"));
        ReadRequest<String, String> request = new ReadRequest<>(
                ReadOptions.maxAge(maxAge),
                loaders,
                LIFE_MILLIS,
                false,
                false,
                Runnable::run,
                Runnable::run,
                Runnable::run);
        Loads.Miss<String, String> doubtful = new Loads.Miss<>(
                "k",
                loads.installations("k") - 1,
                System.nanoTime(),
                Answer.none(Tier.REMOTE, Reason.NOT_FOUND),
                false);
        return loads.load(doubtful, request).join().valueOrNull();
    }

    private EntryVersion storedAndThenInvalidatedWhileRedisWasAway() {
        Entry<String> old = store.write("k", draft("old")).join();
        journal.add(bytes("k"));
        EntryVersion version = old.version();
        if (version == null) {
            throw new AssertionError("a stored entry has a version");
        }
        return version;
    }

    private void deliverTheJournal() {
        tier.refusesBatches = false;
        Awaitility.await().until(() -> journal.size() == 0);
    }

    private @Nullable String read() {
        return store.read("k", false, Runnable::run).join().valueOrNull();
    }

    private static Draft<String> draft(String value) {
        return new Draft<>(value, LIFE_MILLIS, System.nanoTime(), 0, Entry.Notes.NONE, Set.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Redis, which refuses the deliveries of the journal until it is told not to. */
    private static final class RefusingTier implements RemoteTier {
        private final RemoteTier redis;
        private volatile boolean refusesBatches = true;

        RefusingTier(RemoteTier redis) {
            this.redis = redis;
        }

        @Override
        public List<CompletableFuture<Boolean>> deleteAll(List<byte[]> keys) {
            return refusesBatches
                    ? keys.stream()
                            .map(key -> CompletableFuture.<Boolean>failedFuture(
                                    new CacheConnectionException("refused by the test", FailedOutcome.NOT_APPLIED)))
                            .toList()
                    : redis.deleteAll(keys);
        }

        @Override
        public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining) {
            return redis.get(key, withRemaining);
        }

        @Override
        public CompletableFuture<List<CompletableFuture<RemoteValue>>> getAll(
                List<byte[]> keys, boolean withRemaining) {
            return redis.getAll(keys, withRemaining);
        }

        @Override
        public CompletableFuture<@Nullable Void> set(byte[] key, byte[] value, long pxMillis) {
            return redis.set(key, value, pxMillis);
        }

        @Override
        public CompletableFuture<Boolean> delete(byte[] key) {
            return redis.delete(key);
        }

        @Override
        public CompletableFuture<Boolean> delete(byte[] key, EntryVersion seen) {
            return redis.delete(key, seen);
        }

        @Override
        public CompletableFuture<Boolean> setIfAbsent(byte[] key, byte[] value, long pxMillis) {
            return redis.setIfAbsent(key, value, pxMillis);
        }

        @Override
        public CompletableFuture<Boolean> replace(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
            return redis.replace(key, seen, value, pxMillis);
        }

        @Override
        public CompletableFuture<RemoteValue> getAndDelete(byte[] key) {
            return redis.getAndDelete(key);
        }

        @Override
        public CompletableFuture<Long> increment(byte[] key, long delta, long pxMillisIfNew) {
            return redis.increment(key, delta, pxMillisIfNew);
        }

        @Override
        public Lease lease(byte[] key, byte[] placeholder, long leaseMillis, @Nullable EntryVersion over) {
            return redis.lease(key, placeholder, leaseMillis, over);
        }

        @Override
        public Lease refreshLease(byte[] key, byte[] placeholder, long leaseMillis, EntryVersion seen) {
            return redis.refreshLease(key, placeholder, leaseMillis, seen);
        }

        @Override
        public Lease seize(byte[] key, byte[] placeholder, long leaseMillis) {
            return redis.seize(key, placeholder, leaseMillis);
        }

        @Override
        public CompletableFuture<RemoteValue> epoch(byte[] key, byte[] ifNone) {
            return redis.epoch(key, ifNone);
        }

        @Override
        public CompletableFuture<@Nullable Void> replaceEpoch(byte[] key, byte[] epoch) {
            return redis.replaceEpoch(key, epoch);
        }

        @Override
        public List<ConnectionStats> connections() {
            return redis.connections();
        }

        @Override
        public void close() {
            redis.close();
        }
    }
}
