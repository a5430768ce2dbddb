package io.cacheservice.testkit.chaos;

import io.cacheservice.CacheConfig;
import io.cacheservice.ConnectionStats;
import io.cacheservice.EntryVersion;
import io.cacheservice.FlushCause;
import io.cacheservice.ListeningConnection;
import io.cacheservice.ReplicaReads;
import io.cacheservice.ZoneStats;
import io.cacheservice.spi.ChangeListener;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LossListener;
import io.cacheservice.spi.RemoteDetails;
import io.cacheservice.spi.RemoteKeys;
import io.cacheservice.spi.RemoteTier;
import io.cacheservice.spi.RemoteValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A tier with troubles. What it hears of changes, vouches for and tells of itself is as of the tier inside. */
final class ChaosTier implements RemoteTier {
    private final RemoteTier tier;
    private final TierAnswers answers;

    ChaosTier(RemoteTier tier, Chaos chaos, CacheConfig config, Executor executor) {
        this(tier, new TierAnswers(chaos, config, executor));
    }

    private ChaosTier(RemoteTier tier, TierAnswers answers) {
        this.tier = tier;
        this.answers = answers;
    }

    @Override
    public RemoteTier sole() {
        RemoteTier sole = tier.sole();
        return sole.equals(tier) ? this : new ChaosTier(sole, answers);
    }

    @Override
    public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining) {
        return answers.value(() -> tier.get(key, withRemaining));
    }

    @Override
    public CompletableFuture<RemoteValue> get(byte[] key, boolean withRemaining, ReplicaReads replicas) {
        return answers.value(() -> tier.get(key, withRemaining, replicas));
    }

    @Override
    public CompletableFuture<List<CompletableFuture<RemoteValue>>> getAll(List<byte[]> keys, boolean withRemaining) {
        return tier.getAll(keys, withRemaining).thenCompose(found -> {
            List<CompletableFuture<RemoteValue>> troubled = each(found, one -> answers.value(() -> one));
            return CompletableFuture.allOf(troubled.toArray(CompletableFuture<?>[]::new))
                    .handle((nothing, failure) -> troubled);
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> set(byte[] key, byte[] value, long pxMillis) {
        return answers.write(value, bytes -> tier.set(key, bytes, pxMillis));
    }

    @Override
    public CompletableFuture<Boolean> delete(byte[] key) {
        return answers.write(() -> tier.delete(key));
    }

    @Override
    public CompletableFuture<Boolean> delete(byte[] key, EntryVersion seen) {
        return answers.write(() -> tier.delete(key, seen));
    }

    @Override
    public List<CompletableFuture<Boolean>> deleteAll(List<byte[]> keys) {
        return keys.stream().map(this::delete).toList();
    }

    @Override
    public CompletableFuture<Boolean> setIfAbsent(byte[] key, byte[] value, long pxMillis) {
        return answers.write(value, bytes -> tier.setIfAbsent(key, bytes, pxMillis));
    }

    @Override
    public CompletableFuture<Boolean> replace(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
        return answers.write(value, bytes -> tier.replace(key, seen, bytes, pxMillis));
    }

    @Override
    public CompletableFuture<Boolean> relive(byte[] key, EntryVersion seen, byte[] value, long pxMillis) {
        return answers.write(value, bytes -> tier.relive(key, seen, bytes, pxMillis));
    }

    @Override
    public CompletableFuture<RemoteValue> getAndDelete(byte[] key) {
        return answers.take(() -> tier.getAndDelete(key));
    }

    @Override
    public CompletableFuture<Long> increment(byte[] key, long delta, long pxMillisIfNew) {
        return answers.write(() -> tier.increment(key, delta, pxMillisIfNew));
    }

    @Override
    public Lease lease(byte[] key, byte[] placeholder, long leaseMillis, @Nullable EntryVersion over) {
        return new ChaosLease(tier.lease(key, placeholder, leaseMillis, over), answers);
    }

    @Override
    public Lease refreshLease(byte[] key, byte[] placeholder, long leaseMillis, EntryVersion seen) {
        return new ChaosLease(tier.refreshLease(key, placeholder, leaseMillis, seen), answers);
    }

    @Override
    public Lease seize(byte[] key, byte[] placeholder, long leaseMillis) {
        return new ChaosLease(tier.seize(key, placeholder, leaseMillis), answers);
    }

    @Override
    public CompletableFuture<RemoteValue> epoch(byte[] key, byte[] ifNone) {
        return answers.value(() -> tier.epoch(key, ifNone));
    }

    @Override
    public CompletableFuture<@Nullable Void> replaceEpoch(byte[] key, byte[] epoch) {
        return answers.write(() -> tier.replaceEpoch(key, epoch));
    }

    @Override
    public CompletableFuture<RemoteValue> keep(byte[] key, byte[] ifNone, long pxMillis) {
        return answers.value(() -> tier.keep(key, ifNone, pxMillis));
    }

    @Override
    public CompletableFuture<RemoteKeys> scan(byte[] prefix, @Nullable String cursor, int limit) {
        return answers.read(() -> tier.scan(prefix, cursor, limit));
    }

    @Override
    public CompletableFuture<RemoteDetails> inspect(byte[] key) {
        return answers.read(() -> tier.inspect(key));
    }

    @Override
    public CompletableFuture<RemoteValue> observe(byte[] key) {
        return answers.value(() -> tier.observe(key));
    }

    @Override
    public CompletableFuture<@Nullable Void> stir(byte[] key) {
        return answers.write(() -> tier.stir(key));
    }

    @Override
    public void onChange(ChangeListener listener) {
        tier.onChange(listener);
    }

    @Override
    public void proveEvery(long maxStalenessNanos) {
        tier.proveEvery(maxStalenessNanos);
    }

    @Override
    public List<ListeningConnection> listening() {
        return tier.listening();
    }

    @Override
    public Map<FlushCause, Long> flushes() {
        return tier.flushes();
    }

    @Override
    public void onLoss(LossListener listener) {
        tier.onLoss(listener);
    }

    @Override
    public List<ZoneStats> zones() {
        return tier.zones();
    }

    @Override
    public List<ConnectionStats> connections() {
        return tier.connections();
    }

    @Override
    public void close() {
        tier.close();
        answers.close();
    }

    private static <T> List<T> each(List<T> calls, Function<T, T> answer) {
        return calls.stream().map(answer).toList();
    }
}
