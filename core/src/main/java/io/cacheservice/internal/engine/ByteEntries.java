package io.cacheservice.internal.engine;

import io.cacheservice.BatchLookup;
import io.cacheservice.BatchOutcome;
import io.cacheservice.CacheException;
import io.cacheservice.EntryOptions;
import io.cacheservice.EntryVersion;
import io.cacheservice.Loader;
import io.cacheservice.Lookup;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
import io.cacheservice.ProgressListener;
import io.cacheservice.ReadOptions;
import io.cacheservice.RefreshOutcome;
import io.cacheservice.StoredEntries;
import io.cacheservice.Tier;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.entry.RedisKeys;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The service's own entries, bytes under string keys: arguments checked and arrays copied, then the engine. */
final class ByteEntries {
    private final CacheEngine<String, byte[]> engine;
    private final ListedEntries stored;
    private final Sources sources;
    private final RedisKeys keys;
    private final Limits limits;
    private final long defaultTtlMillis;

    ByteEntries(
            CacheEngine<String, byte[]> engine,
            ListedEntries stored,
            Sources sources,
            RedisKeys keys,
            Limits limits,
            Duration defaultTtl) {
        this.engine = engine;
        this.stored = stored;
        this.sources = sources;
        this.keys = keys;
        this.limits = limits;
        this.defaultTtlMillis = defaultTtl.toMillis();
    }

    Seams seams() {
        return engine.seams();
    }

    StoredEntries stored() {
        return stored;
    }

    /** The value this process holds, without asking anyone; null: ask {@link #get}. */
    byte @Nullable [] peek(String key) {
        long now = engine.nowNanos();
        Entry<byte[]> entry = engine.peek(keys.requireKey(key), now);
        if (entry == null) {
            return null;
        }
        if (engine.isDue(entry, now)) {
            refreshEarly(key, entry, request(key, false));
        }
        return BorderCopies.copy(entry.value());
    }

    /** The same for a reader who brings a loader. */
    byte @Nullable [] peek(String key, Duration ttl, Loader<String, byte[]> loader) {
        long now = engine.nowNanos();
        Entry<byte[]> entry = engine.peek(keys.requireKey(key), now);
        if (entry == null) {
            return null;
        }
        if (engine.isDue(entry, now)) {
            refreshEarly(key, entry, request(copying(loader), Limits.requireTtlMillis(ttl), true, false));
        }
        return BorderCopies.copy(entry.value());
    }

    /** The request of a reload of {@code key} that nobody asked for. */
    ReadRequest<String, byte[]> background(String key) {
        return request(key, false);
    }

    private void refreshEarly(String key, Entry<byte[]> entry, ReadRequest<String, byte[]> request) {
        if (request.canLoad()) {
            engine.refreshEarly(key, entry, request);
        }
    }

    CompletableFuture<Answer<byte[]>> get(String key) {
        return read(key, false);
    }

    CompletableFuture<Answer<byte[]>> get(String key, Duration ttl, Loader<String, byte[]> loader) {
        ReadRequest<String, byte[]> request = request(copying(loader), Limits.requireTtlMillis(ttl), true, false);
        return engine.read(keys.requireKey(key), request);
    }

    /** The value of an answer as it leaves: a copy, unless nobody else can have it. */
    byte @Nullable [] leaving(Answer<byte[]> answer) {
        return leaving(answer, answer.valueOrNull());
    }

    private byte @Nullable [] leaving(Answer<byte[]> answer, byte @Nullable [] value) {
        return answer.tier() == Tier.REMOTE && !engine.sharesValues() ? value : BorderCopies.copy(value);
    }

    private Lookup<byte[]> toLookup(Answer<byte[]> answer) {
        return answer.toLookup(seams().time().nanoTime(), value -> leaving(answer, value));
    }

    CompletableFuture<Lookup<byte[]>> lookup(String key) {
        return Futures.map(read(key, true), this::toLookup);
    }

    private CompletableFuture<Answer<byte[]>> read(String key, boolean withRemaining) {
        keys.requireKey(key);
        return engine.read(key, request(key, withRemaining));
    }

    CompletableFuture<WriteOutcome> set(String key, byte[] value, EntryOptions options) {
        return engine.write(checked(key, value), draft(value, options));
    }

    CompletableFuture<WriteOutcome> delete(String key) {
        return engine.delete(keys.requireKey(key));
    }

    CompletableFuture<Map<String, byte[]>> getAll(Collection<String> wanted, Executor decodeOn) {
        List<String> distinct = distinct(wanted);
        return Futures.map(
                engine.readAll(distinct, requests(false, decodeOn)),
                answers -> Batches.values(distinct, answers, this::leaving));
    }

    CompletableFuture<Map<String, Lookup<byte[]>>> lookupAll(Collection<String> wanted, Executor decodeOn) {
        List<String> distinct = distinct(wanted);
        return Futures.map(
                engine.readAll(distinct, requests(true, decodeOn)),
                answers -> Batches.values(distinct, answers, this::toLookup));
    }

    CompletableFuture<BatchLookup<String, byte[]>> lookupEach(Collection<String> wanted, Executor decodeOn) {
        List<String> distinct = distinct(wanted);
        return Futures.map(
                engine.readEach(distinct, requests(true, decodeOn)),
                answers -> Batches.lookups(distinct, answers, this::toLookup));
    }

    /** What is asked for each key of a batch: the same for all that no source knows. */
    private Function<String, ReadRequest<String, byte[]>> requests(boolean withRemaining, Executor decodeOn) {
        ReadRequest<String, byte[]> unsourced =
                request(Loaders.none(), defaultTtlMillis, false, withRemaining, decodeOn);
        return key -> {
            Sources.Source source = sources.find(key);
            return source == null
                    ? unsourced
                    : request(source.loaders(), source.ttlMillis(), false, withRemaining, decodeOn);
        };
    }

    CompletableFuture<BatchOutcome> setAll(Map<String, byte[]> entries, Duration ttl) {
        EntryOptions options = EntryOptions.ttl(ttl);
        List<String> order = new ArrayList<>(entries.size());
        List<Draft<byte[]>> drafts = new ArrayList<>(entries.size());
        Map<String, CacheException> refused = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            keys.requireKey(key);
            Objects.requireNonNull(value, () -> "value of '" + key + "'");
            try {
                limits.requireValue(key, value.length);
                order.add(key);
                drafts.add(draft(value, options));
            } catch (CacheException tooLarge) {
                refused.put(key, tooLarge);
            }
        });
        return Batches.outcome(entries.keySet(), engine.writeAll(order, drafts), refused);
    }

    CompletableFuture<BatchOutcome> deleteAll(Collection<String> unwanted) {
        List<String> distinct = distinct(unwanted);
        return Batches.outcome(distinct, engine.deleteAll(distinct), Map.of());
    }

    /** Cancelling the future ends the removal before its next keys. */
    CompletableFuture<PrefixRemovalReport> deleteByPrefix(
            String prefix, PrefixRemovalOptions options, Consumer<? super PrefixRemovalReport> progress) {
        keys.byteKeyPrefix(prefix);
        Objects.requireNonNull(progress, "progress");
        if (prefix.isEmpty() && !options.everyKey()) {
            throw new IllegalArgumentException(
                    "the empty prefix is refused: every key begins with it, so that all byte"
                            + " entries would be removed; where that is meant, say so with PrefixRemovalOptions.withEveryKey()");
        }
        engine.barLoads(key -> key.startsWith(prefix));
        return new PrefixRemoval(
                        prefix,
                        stored,
                        page -> Batches.outcome(page, engine.deleteAll(page), Map.of()),
                        options,
                        progress,
                        seams().time(),
                        engine.newJob("the removal by prefix"))
                .run();
    }

    CompletableFuture<Boolean> setIfAbsent(String key, byte[] value, EntryOptions options) {
        return engine.writeIfAbsent(checked(key, value), draft(value, options));
    }

    CompletableFuture<Boolean> replace(String key, EntryVersion seen, byte[] value, EntryOptions options) {
        Objects.requireNonNull(seen, "seen");
        return engine.replace(checked(key, value), seen, draft(value, options));
    }

    CompletableFuture<Boolean> delete(String key, EntryVersion seen) {
        Objects.requireNonNull(seen, "seen");
        return engine.delete(keys.requireKey(key), seen);
    }

    CompletableFuture<byte @Nullable []> getAndDelete(String key) {
        return Futures.map(engine.getAndDelete(keys.requireKey(key)), this::leaving);
    }

    CompletableFuture<Long> increment(String key, long delta, Duration ttlIfNew) {
        return engine.increment(keys.requireKey(key), delta, Limits.requireTtlMillis(ttlIfNew));
    }

    CompletableFuture<WriteOutcome> expire(String key) {
        return engine.expire(keys.requireKey(key));
    }

    CompletableFuture<PreWarmReport> preWarm(
            Collection<String> wanted, PreWarmOptions options, ProgressListener listener) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(listener, "listener");
        return engine.preWarm(distinct(wanted), key -> request(key, false), options, listener);
    }

    CompletableFuture<RefreshOutcome> refreshProbabilistic(String key, Duration threshold, double probability) {
        keys.requireKey(key);
        if (threshold.isNegative()) {
            throw new IllegalArgumentException("threshold " + threshold + " is refused: expected zero or more");
        }
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability " + probability + " is refused: expected 0 to 1");
        }
        return engine.refreshProbabilistic(key, threshold, probability, request(key, false));
    }

    private String checked(String key, byte[] value) {
        keys.requireKey(key);
        Objects.requireNonNull(value, "value");
        limits.requireValue(key, value.length);
        return key;
    }

    private List<String> distinct(Collection<String> given) {
        LinkedHashSet<String> distinct = new LinkedHashSet<>(given.size() * 4 / 3 + 1);
        for (String key : given) {
            distinct.add(keys.requireKey(key));
        }
        return new ArrayList<>(distinct);
    }

    private Draft<byte[]> draft(byte[] value, EntryOptions options) {
        return Drafts.of(value.clone(), options, defaultTtlMillis, seams().time(), Set.of());
    }

    /** What a loader gave may be changed by it afterwards. */
    private static Loaders<String, byte[]> copying(Loader<String, byte[]> loader) {
        Objects.requireNonNull(loader, "loader");
        return Loaders.one(Loaders.of(BorderCopies.copying(loader)));
    }

    /** A read of {@code key} through its source, if it has one. */
    private ReadRequest<String, byte[]> request(String key, boolean withRemaining) {
        Sources.Source source = sources.find(key);
        return source == null
                ? request(Loaders.none(), defaultTtlMillis, false, withRemaining)
                : request(source.loaders(), source.ttlMillis(), false, withRemaining);
    }

    private ReadRequest<String, byte[]> request(
            Loaders<String, byte[]> loaders, long ttlMillis, boolean isTtlExact, boolean withRemaining) {
        return request(loaders, ttlMillis, isTtlExact, withRemaining, seams().executor());
    }

    private ReadRequest<String, byte[]> request(
            Loaders<String, byte[]> loaders,
            long ttlMillis,
            boolean isTtlExact,
            boolean withRemaining,
            Executor decodeOn) {
        Executor executor = seams().executor();
        Executor loadOn = loaders.isEmpty() ? executor : CarriedContext.of(seams().carrier(), executor);
        return new ReadRequest<>(
                ReadOptions.defaults(), loaders, ttlMillis, isTtlExact, withRemaining, loadOn, loadOn, decodeOn);
    }
}
