package io.cacheservice.internal.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConnectionException;
import io.cacheservice.CacheService;
import io.cacheservice.ConnectionStats;
import io.cacheservice.ContextCarrier;
import io.cacheservice.EntryVersion;
import io.cacheservice.FailedOutcome;
import io.cacheservice.MaxMemoryPolicy;
import io.cacheservice.TimeSource;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.local.LocalTier;
import io.cacheservice.spi.ChangeListener;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of local copies where a write does not get through, step by step. */
class CopiesAndFailuresTest {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final ScriptedTier tier = new ScriptedTier();
    private final CacheService service = open(tier);
    private volatile String source = "old";

    private static CacheService open(RemoteTier tier) {
        CacheConfig config = CacheConfig.builder()
                .url("redis://127.0.0.1:1")
                .maxStaleness(Duration.ofMinutes(10))
                .build();
        Seams seams = new Seams(TimeSource.system(), Runnable::run, ContextCarrier.none(), new Random(1));
        LocalTier local = new LocalTier(seams.time(), 1_000_000, MaxMemoryPolicy.ALLKEYS_LFU);
        Journal journal = new Journal(tier, 10, seams.random());
        RemoteStore.Remote remote =
                new RemoteStore.Remote(tier, journal, new Losses(journal, new AcceptedKeys(10, seams.time())), 10);
        OpenService service = new OpenService(config, seams, new Lifecycle(), local, remote, null);
        service.start();
        return Opening.bytes(service);
    }

    @AfterEach
    void close() {
        service.close();
    }

    private @Nullable String read() {
        byte[] value = service.get("k");
        return value == null ? null : new String(value, UTF_8);
    }

    @Test
    void whatIsReadAfterARemovalWasAnnouncedAndBeforeItWasRefusedIsNotKept() {
        service.source("k", key -> source.getBytes(UTF_8));
        service.set("k", "old".getBytes(UTF_8), LIFE);
        tier.removal = () -> {
            tier.removal = ScriptedTier::refused;
            // another thread, which is lucky
            assertThat(read()).isEqualTo("old");
            return ScriptedTier.refused();
        };
        assertThat(service.delete("k")).isEqualTo(WriteOutcome.QUEUED);
        source = "new";

        assertThat(read()).isEqualTo("new");
    }

    @Test
    void whatWasLoadedBeforeARemovalIsNotKeptWhenItsOwnStoringFailsAfterIt() {
        service.source("k", key -> source.getBytes(UTF_8));
        CompletableFuture<@Nullable Void> storing = new CompletableFuture<>();
        tier.storing = () -> storing;
        CompletableFuture<byte @Nullable []> first = service.async().get("k");
        assertThat(first).isNotDone();
        assertThat(service.delete("k")).isEqualTo(WriteOutcome.APPLIED);
        storing.completeExceptionally(new CacheConnectionException("lost", FailedOutcome.NOT_APPLIED));
        tier.storing = () -> CompletableFuture.completedFuture(null);
        source = "new";

        assertThat(first).isCompletedWithValueMatching(value -> new String(value, UTF_8).equals("old"));
        assertThat(read()).isEqualTo("new");
    }

    @Test
    void whatWasLoadedAndCouldNotBeStoredIsKept() {
        service.source("k", key -> source.getBytes(UTF_8));
        tier.storing = ScriptedTier::refused;
        assertThat(read()).isEqualTo("old");
        source = "new";

        assertThat(read()).isEqualTo("old");
    }

    @Test
    void whoHasWaitedForLongStoresWhatHeThenLoadsHimself() {
        service.source("k", key -> source.getBytes(UTF_8));
        for (int i = 0; i < 20; i++) {
            tier.leases.add(LeaseAnswer.of(LeaseAnswer.State.HELD)); // for no more time: looked at again at once
        }
        tier.leases.add(LeaseAnswer.of(LeaseAnswer.State.CHANGED));

        assertThat(read()).isEqualTo("old");
        assertThat(tier.stored).hasSize(1);
    }

    /** Holds what is set, announces changes as it must, and refuses on command. */
    private static final class ScriptedTier implements RemoteTier {
        private final ConcurrentHashMap<String, byte[]> stored = new ConcurrentHashMap<>();
        /** What those who ask for a lease are told; when there is nothing left, that it is theirs. */
        private final Queue<LeaseAnswer> leases = new ConcurrentLinkedQueue<>();

        private ChangeListener listener = ChangeListener.IGNORED;
        private Supplier<CompletableFuture<@Nullable Void>> storing = () -> CompletableFuture.completedFuture(null);
        private Supplier<CompletableFuture<Boolean>> removal = () -> CompletableFuture.completedFuture(true);

        static <T extends @Nullable Object> CompletableFuture<T> refused() {
            return CompletableFuture.failedFuture(new CacheConnectionException("too busy", FailedOutcome.NOT_APPLIED));
        }

        private static String text(byte[] key) {
            return new String(key, ISO_8859_1);
        }

        @Override
        public void onChange(ChangeListener who) {
            listener = who;
        }

        @Override
        public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining) {
            byte[] value = stored.get(text(key));
            return CompletableFuture.completedFuture(
                    new RemoteValue(value, value == null ? RemoteValue.NOT_ASKED : 500_000, System.nanoTime()));
        }

        @Override
        public CompletableFuture<List<CompletableFuture<RemoteValue>>> getAll(
                List<byte[]> keys, boolean withRemaining) {
            return CompletableFuture.completedFuture(
                    keys.stream().map(key -> get(key, withRemaining)).toList());
        }

        @Override
        public CompletableFuture<@Nullable Void> set(byte[] key, byte[] value, long pxMillis) {
            listener.changed(key);
            CompletableFuture<@Nullable Void> outcome = storing.get();
            if (outcome.isDone() && !outcome.isCompletedExceptionally()) {
                stored.put(text(key), value);
            }
            listener.changed(key);
            return outcome;
        }

        @Override
        public CompletableFuture<Boolean> delete(byte[] key) {
            listener.changed(key);
            CompletableFuture<Boolean> outcome = removal.get();
            if (!outcome.isCompletedExceptionally()) {
                stored.remove(text(key));
                listener.changed(key);
            }
            return outcome;
        }

        @Override
        public List<CompletableFuture<Boolean>> deleteAll(List<byte[]> keys) {
            // the journal's: never delivered here
            return keys.stream().map(key -> ScriptedTier.<Boolean>refused()).toList();
        }

        @Override
        public Lease lease(byte[] key, byte[] placeholder, long leaseMillis, @Nullable EntryVersion over) {
            return new ScriptedLease(this, key);
        }

        @Override
        public CompletableFuture<Boolean> setIfAbsent(byte[] key, byte[] value, long pxMillis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Boolean> replace(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Boolean> delete(byte[] key, EntryVersion seen) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<RemoteValue> getAndDelete(byte[] key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Long> increment(byte[] key, long delta, long pxMillisIfNew) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Lease refreshLease(byte[] key, byte[] placeholder, long leaseMillis, EntryVersion seen) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Lease seize(byte[] key, byte[] placeholder, long leaseMillis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<RemoteValue> epoch(byte[] key, byte[] ifNone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<@Nullable Void> replaceEpoch(byte[] key, byte[] epoch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ConnectionStats> connections() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    /** Granted as its tier says; fills as its tier stores. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record ScriptedLease(ScriptedTier tier, byte[] key) implements Lease {
        @Override
        public CompletableFuture<LeaseAnswer> take() {
            LeaseAnswer scripted = tier.leases.poll();
            return CompletableFuture.completedFuture(
                    scripted == null ? LeaseAnswer.of(LeaseAnswer.State.GRANTED) : scripted);
        }

        @Override
        public CompletableFuture<Boolean> fill(byte[] value, long pxMillis) {
            return tier.set(key, value, pxMillis).thenApply(nothing -> true);
        }

        @Override
        public CompletableFuture<@Nullable Void> release(byte @Nullable [] marker, long markerMillis) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
