package io.cacheservice.internal.engine;

import io.cacheservice.BatchLookup;
import io.cacheservice.BatchOutcome;
import io.cacheservice.CacheConfigException;
import io.cacheservice.EntryOptions;
import io.cacheservice.KeyCodec;
import io.cacheservice.Loader;
import io.cacheservice.Lookup;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.ProgressListener;
import io.cacheservice.ReadOptions;
import io.cacheservice.SourceWriter;
import io.cacheservice.WriteOutcome;
import io.cacheservice.Writes;
import io.cacheservice.internal.entry.RedisKeys;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The entries of one typed cache: arguments checked, the cache's loaders added, then the engine. */
final class TypedEntries<K, V> {
    private final CacheEngine<K, V> engine;
    private final TypedPolicy policy;
    private final KeyCodec<K> keyCodec;
    private final RedisKeys keys;
    private final Loaders<K, V> loaders;
    private final BiFunction<? super K, ? super V, Set<String>> tagsOf;
    private final @Nullable SourceWriter<? super K, ? super V> writer;
    private final @Nullable WriteBehind<K, V> behind;
    private final long ttlMillis;

    TypedEntries(
            CacheEngine<K, V> engine,
            TypedPolicy policy,
            KeyCodec<K> keyCodec,
            RedisKeys keys,
            Loaders<K, V> loaders,
            BiFunction<? super K, ? super V, Set<String>> tagsOf,
            @Nullable SourceWriter<? super K, ? super V> writer) {
        this.tagsOf = tagsOf;
        this.writer = writer;
        this.behind = writer != null && policy.writes() instanceof Writes.Behind settings
                ? new WriteBehind<>(
                        engine.name(), writer, settings, engine.seams().executor(), this::forget)
                : null;
        if (behind != null) {
            engine.writesBehind(behind);
        }
        this.engine = engine;
        this.policy = policy;
        this.keyCodec = keyCodec;
        this.keys = keys;
        this.loaders = loaders;
        this.ttlMillis = policy.writtenTtlMillis();
    }

    CacheEngine<K, V> engine() {
        return engine;
    }

    TypedPolicy policy() {
        return policy;
    }

    /** What this process can answer without asking anyone; null: ask {@link #get}. */
    @Nullable
    Entry<V> peek(K key) {
        long now = engine.nowNanos();
        Entry<V> entry = engine.peek(key, now);
        if (entry != null && !loaders.isEmpty() && engine.isDue(entry, now)) {
            refreshEarly(key, entry, loaders);
        }
        return entry;
    }

    /** The same for a reader who brings a loader. */
    @Nullable
    Entry<V> peek(K key, Loader<? super K, ? extends V> own) {
        long now = engine.nowNanos();
        Entry<V> entry = engine.peek(key, now);
        if (entry != null && engine.isDue(entry, now)) {
            refreshEarly(key, entry, Loaders.one(Loaders.of(own)));
        }
        return entry;
    }

    /** The same for a reader who wants nothing to be loaded. */
    @Nullable
    Entry<V> peekOnly(K key) {
        return engine.peek(key, engine.nowNanos());
    }

    /** The request of a reload that nobody asked for. */
    ReadRequest<K, V> background() {
        Threads background = Threads.both(engine.seams().executor());
        return request(ReadOptions.defaults(), loaders, background, false);
    }

    private void refreshEarly(K key, Entry<V> entry, Loaders<K, V> asked) {
        Threads background = Threads.both(engine.seams().executor());
        engine.refreshEarly(key, entry, request(ReadOptions.defaults(), asked, background, false));
    }

    CompletableFuture<@Nullable V> get(K key, ReadOptions options, Threads threads) {
        return get(key, request(options, loaders, threads, false));
    }

    CompletableFuture<@Nullable V> get(K key, Loader<? super K, ? extends V> own, Threads threads) {
        return get(key, request(ReadOptions.defaults(), Loaders.one(Loaders.of(own)), threads, false));
    }

    private CompletableFuture<@Nullable V> get(K key, ReadRequest<K, V> request) {
        return Futures.map(engine.read(checked(key), request), Answer::valueOrNull);
    }

    CompletableFuture<Lookup<V>> lookup(K key, ReadOptions options, Threads threads) {
        ReadRequest<K, V> request = request(options, loaders, threads, true);
        return Futures.map(engine.read(checked(key), request), this::toLookup);
    }

    CompletableFuture<Map<K, V>> getAll(Collection<? extends K> wanted, Threads threads) {
        ReadRequest<K, V> request = request(ReadOptions.defaults(), loaders, threads, false);
        List<K> distinct = distinct(wanted);
        return Futures.map(
                engine.readAll(distinct, key -> request),
                answers -> Batches.values(distinct, answers, Answer::valueOrNull));
    }

    CompletableFuture<Map<K, Lookup<V>>> lookupAll(Collection<? extends K> wanted, Threads threads) {
        ReadRequest<K, V> request = request(ReadOptions.defaults(), loaders, threads, true);
        List<K> distinct = distinct(wanted);
        return Futures.map(
                engine.readAll(distinct, key -> request), answers -> Batches.values(distinct, answers, this::toLookup));
    }

    CompletableFuture<BatchLookup<K, V>> lookupEach(Collection<? extends K> wanted, Threads threads) {
        ReadRequest<K, V> request = request(ReadOptions.defaults(), loaders, threads, true);
        List<K> distinct = distinct(wanted);
        return Futures.map(
                engine.readEach(distinct, key -> request),
                answers -> Batches.lookups(distinct, answers, this::toLookup));
    }

    CompletableFuture<WriteOutcome> put(K key, V value, EntryOptions options) {
        Draft<V> draft = draft(checked(key), value, options);
        if (writer == null) {
            return engine.write(key, draft);
        }
        return behind != null && behind.add(key, new WriteBehind.Pending<>(value))
                ? orRemoved(key, engine.write(key, draft))
                : engine.countedPut(writeThrough(key, value, draft, writer));
    }

    /** The source will have it, whatever the cache does: what the cache has of it meanwhile must be it, or nothing. */
    private CompletableFuture<WriteOutcome> orRemoved(K key, CompletableFuture<WriteOutcome> write) {
        return Futures.then(write, (outcome, failure) -> outcome != null ? write : engine.delete(key));
    }

    private CompletableFuture<WriteOutcome> writeThrough(
            K key, V value, Draft<V> draft, SourceWriter<? super K, ? super V> to) {
        return engine.sourceWriting()
                .write(
                        key,
                        draft,
                        value,
                        to,
                        policy.writes(),
                        carrying(engine.seams().executor()),
                        () -> reload(key));
    }

    private void reload(K key) {
        if (!loaders.isEmpty()) {
            engine.refresh(key, background());
        }
    }

    /** The source has it: others may have loaded what was there before. */
    private void forget(K key) {
        Futures.onEnd(engine.delete(key), (outcome, failure) -> {});
    }

    CompletableFuture<WriteOutcome> remove(K key) {
        SourceWriter<? super K, ? super V> to = writer;
        boolean isLater = behind != null && behind.add(checked(key), new WriteBehind.Pending<>(null));
        return to == null || isLater
                ? invalidate(key)
                : engine.countedRemoval(engine.sourceWriting()
                        .remove(checked(key), to, carrying(engine.seams().executor())));
    }

    <T extends @Nullable Object> T writing(K key, Callable<T> change) throws Exception {
        return engine.sourceWriting().during(checked(key), change);
    }

    CompletableFuture<BatchOutcome> putAll(Map<? extends K, ? extends V> entries) {
        if (writer != null) {
            List<K> order = new ArrayList<>(entries.size());
            List<CompletableFuture<WriteOutcome>> written = new ArrayList<>(entries.size());
            entries.forEach((key, value) -> {
                order.add(key);
                written.add(put(key, value, EntryOptions.defaults()));
            });
            return Batches.outcome(texts(order), written, Map.of());
        }
        List<K> order = new ArrayList<>(entries.size());
        List<Draft<V>> drafts = new ArrayList<>(entries.size());
        entries.forEach((key, value) -> {
            order.add(checked(key));
            drafts.add(draft(key, value, EntryOptions.defaults()));
        });
        return Batches.outcome(texts(order), engine.writeAll(order, drafts), Map.of());
    }

    CompletableFuture<Boolean> putIfAbsent(K key, V value) {
        return engine.writeIfAbsent(checked(key), draft(key, value, EntryOptions.defaults()));
    }

    CompletableFuture<WriteOutcome> invalidate(K key) {
        return engine.delete(checked(key));
    }

    CompletableFuture<BatchOutcome> invalidateAll(Collection<? extends K> unwanted) {
        List<K> distinct = distinct(unwanted);
        return Batches.outcome(texts(distinct), engine.deleteAll(distinct), Map.of());
    }

    CompletableFuture<PreWarmReport> preWarm(
            Collection<? extends K> wanted, PreWarmOptions options, ProgressListener listener) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(listener, "listener");
        ReadRequest<K, V> request = background();
        return engine.preWarm(distinct(wanted), key -> request, options, listener);
    }

    CompletableFuture<WriteOutcome> invalidateTag(String tag) {
        return engine.invalidateTag(tag);
    }

    CompletableFuture<WriteOutcome> clear() {
        return engine.clear();
    }

    CompletableFuture<WriteOutcome> expire(K key) {
        return engine.expire(checked(key));
    }

    void refresh(K key) {
        if (loaders.isEmpty()) {
            throw new CacheConfigException("cache '" + engine.name() + "' has no loader, so nothing can refresh '" + key
                    + "': open it with loader(..)");
        }
        Threads background = Threads.both(engine.seams().executor());
        engine.refresh(checked(key), request(ReadOptions.defaults(), loaders, background, false));
    }

    private Lookup<V> toLookup(Answer<V> answer) {
        return answer.toLookup(engine.seams().time().nanoTime(), Function.identity());
    }

    private ReadRequest<K, V> request(
            ReadOptions options, Loaders<K, V> asked, Threads threads, boolean withRemaining) {
        boolean mayLoad = options.mayLoad() && !asked.isEmpty();
        Executor executor = engine.seams().executor();
        Executor loadOn = mayLoad ? carrying(threads.loadOn()) : threads.loadOn();
        Executor background = threads.loadOn() == executor ? loadOn : mayLoad ? carrying(executor) : executor;
        return new ReadRequest<>(
                options, asked, ttlMillis, false, withRemaining, loadOn, background, threads.decodeOn());
    }

    private Executor carrying(Executor executor) {
        return CarriedContext.of(engine.seams().carrier(), executor);
    }

    private Draft<V> draft(K key, V value, EntryOptions options) {
        Objects.requireNonNull(
                value,
                () -> "the value of '" + key
                        + "' is null: a cache stores values; let a loader answer null and set nullTtl"
                        + " to remember that the source has none");
        return Drafts.of(value, options, ttlMillis, engine.seams().time(), tagsOf.apply(key, value));
    }

    private K checked(K key) {
        Objects.requireNonNull(key, "key");
        keys.requireKey(keyCodec.encode(key));
        return key;
    }

    private List<K> distinct(Collection<? extends K> wanted) {
        LinkedHashSet<K> distinct = new LinkedHashSet<>();
        for (K key : wanted) {
            distinct.add(checked(key));
        }
        return List.copyOf(distinct);
    }

    private List<String> texts(List<K> order) {
        return order.stream().map(keyCodec::encode).toList();
    }
}
