package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.CacheStats;
import io.cacheservice.EntryVersion;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Operation;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.ProgressListener;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.RefreshOutcome;
import io.cacheservice.Tier;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.stats.LocalUsage;
import io.cacheservice.internal.stats.ServiceStats;
import io.cacheservice.internal.stats.StatsRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything one cache does, asynchronously; the blocking and the asynchronous face are views of it.
 *
 * <p>It joins the store, the loads and the counting: a read asks the store and, if need be, the source; a write bars the
 * loads of its key while it is under way. Futures may complete on an I/O thread and are private to the caller.
 */
final class CacheEngine<K, V> {
    private final String name;
    private final Store<K, V> store;
    private final Flights<K, V> flights = new Flights<>();
    private final Loads<K, V> loads;
    private final StatsRecorder stats;
    private final Seams seams;
    private final Lifecycle lifecycle;
    private final OnUnavailable onUnavailable;
    private final Patience<K, V> patience;
    private final Refreshing refreshing;
    private final Changes<K> changes = new Changes<>();
    private final SourceWriting<K, V> sourceWriting;
    private PeriodicRefresh.@Nullable Watched<K, V> watched;
    private @Nullable Sliding<K> sliding;
    private @Nullable WriteBehind<K, V> behind;

    CacheEngine(
            String name,
            Store<K, V> store,
            StatsRecorder stats,
            Seams seams,
            Lifecycle lifecycle,
            OnUnavailable onUnavailable,
            LoadPolicy loadPolicy,
            BiFunction<? super K, ? super V, Set<String>> tagsOf,
            Patience<K, V> patience,
            Refreshing refreshing,
            Bulkhead bulkhead) {
        this.refreshing = refreshing;
        this.name = name;
        this.store = store;
        this.stats = stats;
        this.seams = seams;
        this.lifecycle = lifecycle;
        this.onUnavailable = onUnavailable;
        this.patience = patience;
        this.loads = new Loads<>(store, flights, stats, seams, lifecycle, loadPolicy, tagsOf, bulkhead);
        this.sourceWriting = new SourceWriting<>(store, flights, changes, loadPolicy.leaseMillis(), loads::wasWritten);
    }

    String name() {
        return name;
    }

    Seams seams() {
        return seams;
    }

    /** See {@link Store#decodesAtOnce}. */
    boolean decodesAtOnce() {
        return store.decodesAtOnce();
    }

    /** See {@link Store#sharesValues}. */
    boolean sharesValues() {
        return store.sharesValues();
    }

    /** The answer this process can give without asking anyone, counted as a hit; null when there is none. */
    @Nullable
    Entry<V> peek(K key) {
        lifecycle.requireOpen();
        if (!StatsRecorder.sample()) {
            return hitHere(key);
        }
        long startedNanos = seams.time().nanoTime();
        Entry<V> entry = hitHere(key);
        if (entry != null) {
            stats.latency(Operation.LOCAL_READ, seams.time().nanoTime() - startedNanos);
        }
        return entry;
    }

    private @Nullable Entry<V> hitHere(K key) {
        Entry<V> entry = store.peek(key);
        if (entry == null || isElsewhere(key)) {
            return null;
        }
        stats.localHit();
        note(key, entry);
        return entry;
    }

    /** Whether the cache does not know the newest: this thread changes it, or the source is still to get it. */
    private boolean isElsewhere(K key) {
        return changes.isChanging(key) || pending(key) != null;
    }

    private WriteBehind.@Nullable Pending<V> pending(K key) {
        WriteBehind<K, V> writes = behind;
        return writes == null ? null : writes.find(key);
    }

    private Answer<V> answer(WriteBehind.Pending<V> pending) {
        V value = pending.value();
        stats.hits(Tier.LOCAL, 1);
        if (value == null) {
            return Answer.none(Tier.LOCAL, Reason.NOT_FOUND);
        }
        return Answer.of(Draft.of(value, seams.time().nanoTime()).unstored(), Tier.LOCAL, Reason.FOUND);
    }

    /** What the source is still to get is read before anything else; called before the first read. */
    void writesBehind(WriteBehind<K, V> writes) {
        behind = writes;
    }

    private void note(K key, Entry<V> entry) {
        PeriodicRefresh.Watched<K, V> keys = watched;
        if (keys != null) {
            keys.wasRead(key, entry);
        }
        Sliding<K> lives = sliding;
        if (lives != null) {
            renew(key, entry, lives);
        }
    }

    /** Nobody waits for it: if it fails, the next read tries again. */
    private void renew(K key, Entry<V> entry, Sliding<K> lives) {
        long millis = lives.renewedMillis(entry, seams.time().nanoTime());
        if (millis > 0 && lives.begins(key)) {
            Futures.onEnd(renewed(key, millis), (outcome, failure) -> lives.ended(key));
        }
    }

    private CompletableFuture<WriteOutcome> renewed(K key, long millis) {
        try {
            return store.renew(key, millis);
        } catch (RuntimeException | Error refused) { // of a user's key function
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Entries live on while they are read; called before the first read. */
    void slidesBy(Sliding<K> lives) {
        sliding = lives;
    }

    /** What is read is to be reloaded from time to time; called before the first read. */
    void watchedBy(PeriodicRefresh periodic, Function<K, ReadRequest<K, V>> requests) {
        watched = periodic.watch((key, entry) -> {
            ReadRequest<K, V> request = requests.apply(key);
            if (request.canLoad() && !lifecycle.isClosed()) {
                refreshEarly(key, entry, request);
            }
        });
    }

    /** Whether a read that found {@code entry} is to begin a load that nobody waits for, where it can. */
    boolean isDue(Entry<V> entry) {
        return refreshing.isDue(entry);
    }

    /** Begins that load. */
    void refreshEarly(K key, Entry<V> entry, ReadRequest<K, V> request) {
        loads.refresh(key, Answer.found(entry, store.tier()), request.inBackground());
    }

    /** Reads {@code key} from the store and, if it may and must, from the source. */
    CompletableFuture<Answer<V>> read(K key, ReadRequest<K, V> request) {
        lifecycle.requireOpen();
        if (changes.isChanging(key)) {
            stats.miss();
            return loads.bypass(key, request);
        }
        WriteBehind.Pending<V> pending = pending(key);
        if (pending != null) {
            return CompletableFuture.completedFuture(answer(pending));
        }
        Before<K> before =
                new Before<>(key, flights.installations(key), seams.time().nanoTime());
        CompletableFuture<Answer<V>> stored = timed(
                Operation.REMOTE_READ,
                () -> store.read(key, request.needsRemaining(), request.options(), request.decodeOn()));
        CompletableFuture<Answer<V>> answered = new CompletableFuture<>();
        Futures.onEnd(stored, (answer, failure) -> {
            try {
                Entry<V> entry = answer == null ? null : answer.entry();
                if (answer != null && entry != null && request.accepts(entry, seams.time())) {
                    hit(key, answer, entry, request);
                    answered.complete(answer);
                    return;
                }
                Throwable cause = failure == null ? null : Futures.unwrap(failure);
                Futures.onEnd(counted(settle(before, request, answer, cause, loads::load)), Futures.copyTo(answered));
            } catch (RuntimeException | Error e) {
                answered.completeExceptionally(e);
            }
        });
        return answered;
    }

    private void hit(K key, Answer<V> answer, Entry<V> entry, ReadRequest<K, V> request) {
        stats.hits(answer.tier(), 1);
        note(key, entry);
        if (request.canLoad() && answer.tier() != Tier.REPLICA && refreshing.isDue(entry)) {
            loads.refresh(key, answer, request.inBackground());
        }
    }

    /** What was known of a key before the store was read. */
    private record Before<K>(K key, int installations, long startedNanos) {
        <V> Loads.Miss<K, V> miss(@Nullable Answer<V> seen, @Nullable Entry<V> fallback) {
            return new Loads.Miss<>(key, installations, startedNanos, seen, fallback != null);
        }
    }

    /** Reads {@code keys}, which are distinct; one answer per key in order. */
    CompletableFuture<Map<K, Answer<V>>> readAll(List<K> keys, Function<K, ReadRequest<K, V>> requests) {
        lifecycle.requireOpen();
        long startedNanos = seams.time().nanoTime();
        List<Before<K>> before = keys.stream()
                .map(key -> new Before<>(key, flights.installations(key), startedNanos))
                .toList();
        List<ReadRequest<K, V>> wanted = keys.stream().map(requests).toList();
        boolean withRemaining = wanted.stream().anyMatch(ReadRequest::needsRemaining);
        Executor decodeOn = wanted.isEmpty() ? seams.executor() : wanted.get(0).decodeOn();
        List<CompletableFuture<Answer<V>>> stored = store.readAll(keys, withRemaining, decodeOn);
        return counted(Futures.then(Futures.allDone(stored), (nothing, none) -> {
            BulkAsking<K, V> bulk = new BulkAsking<>(loads, BulkAsking.CONCURRENCY);
            List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                int at = i;
                answers.add(Futures.then(
                        stored.get(i),
                        (answer, failure) -> settle(before.get(at), wanted.get(at), answer, failure, bulk)));
            }
            bulk.begin();
            return inOrder(keys, answers);
        }));
    }

    private CompletableFuture<Answer<V>> settle(
            Before<K> before,
            ReadRequest<K, V> request,
            @Nullable Answer<V> answer,
            @Nullable Throwable failure,
            Asking<K, V> source) {
        WriteBehind.Pending<V> pending = pending(before.key());
        if (pending != null) {
            return CompletableFuture.completedFuture(answer(pending));
        }
        if (answer == null) {
            return settleWithout(before, request, failure, source);
        }
        Entry<V> entry = answer.entry();
        if (entry != null && request.accepts(entry, seams.time())) {
            hit(before.key(), answer, entry, request);
            return CompletableFuture.completedFuture(answer);
        }
        stats.miss();
        if (answer.reason() == Reason.UNDECODABLE) {
            stats.undecodable();
        }
        if (request.canLoad()) {
            return ask(before.miss(answer, answer.fallback()), request, answer.fallback(), answer.tier(), source);
        }
        return CompletableFuture.completedFuture(entry == null ? answer : Answer.none(answer.tier(), Reason.TOO_OLD));
    }

    private CompletableFuture<Answer<V>> ask(
            Loads.Miss<K, V> miss,
            ReadRequest<K, V> request,
            @Nullable Entry<V> fallback,
            Tier tier,
            Asking<K, V> source) {
        ReadRequest<K, V> asked = fallback == null ? request : request.inBackground();
        if (fallback != null && miss.seen() != null && refreshing.servesExpired(fallback)) {
            loads.refresh(miss.key(), miss.seen(), asked);
            stats.stale(Reason.STALE_WHILE_LOADING);
            return CompletableFuture.completedFuture(Answer.of(fallback, tier, Reason.STALE_WHILE_LOADING));
        }
        return Futures.map(patience.await(miss.key(), source.ask(miss, asked), fallback, tier), answer -> {
            if (answer.reason().isStale()) {
                stats.stale(answer.reason());
            }
            return answer;
        });
    }

    /** The tier that knows cannot answer. No second time budget is spent on it: what is loaded now is not stored. */
    private CompletableFuture<Answer<V>> settleWithout(
            Before<K> before, ReadRequest<K, V> request, @Nullable Throwable failure, Asking<K, V> source) {
        if (!(failure instanceof CacheException known)) {
            return CompletableFuture.failedFuture(failure == null ? new IllegalStateException("no answer") : failure);
        }
        if (request.canLoad()) {
            stats.error(known.kind());
            stats.miss();
            Entry<V> fallback = store.fallback(before.key());
            return ask(before.miss(null, fallback), request, fallback, Tier.LOCAL, source);
        }
        if (onUnavailable == OnUnavailable.MISS) {
            stats.error(known.kind());
            stats.miss();
            return CompletableFuture.completedFuture(Answer.none(store.tier(), Reason.UNAVAILABLE));
        }
        return CompletableFuture.failedFuture(known);
    }

    private static <K, T> CompletableFuture<Map<K, T>> inOrder(List<K> keys, List<CompletableFuture<T>> answers) {
        return Futures.then(Futures.allDone(answers), (nothing, none) -> {
            Map<K, T> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                CompletableFuture<T> answer = answers.get(i);
                if (answer.isCompletedExceptionally()) {
                    return Futures.map(answer, value -> map);
                }
                map.put(keys.get(i), answer.join());
            }
            return CompletableFuture.completedFuture(map);
        });
    }

    /** Stores what {@code draft} says. */
    CompletableFuture<WriteOutcome> write(K key, Draft<V> draft) {
        return writing(key, () -> Futures.map(store.write(key, draft), this::applied));
    }

    /** Removes {@code key}. */
    CompletableFuture<WriteOutcome> delete(K key) {
        return writing(key, () -> Futures.map(store.delete(key), this::removed));
    }

    /** Voids every entry that carries {@code tag}. */
    CompletableFuture<WriteOutcome> invalidateTag(String tag) {
        return voiding(() -> store.invalidateTag(tag));
    }

    /** Voids every entry. */
    CompletableFuture<WriteOutcome> clear() {
        return voiding(store::clear);
    }

    /** Loads that began before it ended are not joined after it, nor installed in this process. */
    private CompletableFuture<WriteOutcome> voiding(Supplier<CompletableFuture<WriteOutcome>> invalidation) {
        lifecycle.requireOpen();
        flights.barAll();
        return counted(timed(Operation.WRITE, invalidation), failure -> {
            flights.barAll();
            if (failure == null) {
                stats.removal();
            }
        });
    }

    /** Writes that reach the source. */
    SourceWriting<K, V> sourceWriting() {
        lifecycle.requireOpen();
        return sourceWriting;
    }

    /** Counts a write that reaches the source. */
    CompletableFuture<WriteOutcome> countedPut(CompletableFuture<WriteOutcome> write) {
        return counted(Futures.map(write, outcome -> {
            stats.put();
            return outcome;
        }));
    }

    /** Counts a removal that reaches the source. */
    CompletableFuture<WriteOutcome> countedRemoval(CompletableFuture<WriteOutcome> removal) {
        return counted(Futures.map(removal, this::removed));
    }

    /** Lets {@code key} have expired. */
    CompletableFuture<WriteOutcome> expire(K key) {
        return writing(key, () -> store.expire(key));
    }

    /** Stores if nothing usable is there. */
    CompletableFuture<Boolean> writeIfAbsent(K key, Draft<V> draft) {
        return writing(key, () -> countingPut(store.writeIfAbsent(key, draft)));
    }

    /** Stores if the entry there is {@code seen}. */
    CompletableFuture<Boolean> replace(K key, EntryVersion seen, Draft<V> draft) {
        return writing(key, () -> countingPut(store.replace(key, seen, draft)));
    }

    /** Removes and answers what was there. */
    CompletableFuture<Answer<V>> getAndDelete(K key) {
        return writing(
                key,
                () -> Futures.map(store.getAndDelete(key), answer -> {
                    if (answer.entry() == null) {
                        stats.miss();
                    } else {
                        stats.hits(answer.tier(), 1);
                        stats.removal();
                    }
                    return answer;
                }));
    }

    /** Adds to a counter. */
    CompletableFuture<Long> increment(K key, long delta, long ttlMillisIfNew) {
        return writing(
                key,
                () -> Futures.map(store.increment(key, delta, ttlMillisIfNew), sum -> {
                    stats.put();
                    return sum;
                }));
    }

    /** Stores many; one outcome per key in order. */
    List<CompletableFuture<WriteOutcome>> writeAll(List<K> keys, List<Draft<V>> drafts) {
        return writingAll(keys, () -> store.writeAll(keys, drafts), this::applied);
    }

    /** Removes many; one outcome per key in order. */
    List<CompletableFuture<WriteOutcome>> deleteAll(List<K> keys) {
        return writingAll(keys, () -> store.deleteAll(keys), this::removed);
    }

    private <T> List<CompletableFuture<WriteOutcome>> writingAll(
            List<K> keys, Supplier<List<CompletableFuture<T>>> write, Function<T, WriteOutcome> counting) {
        lifecycle.requireOpen();
        keys.forEach(flights::writeBegins);
        List<CompletableFuture<T>> written;
        try {
            written = write.get();
        } catch (RuntimeException | Error refused) {
            keys.forEach(flights::writeEnded);
            throw refused;
        }
        List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            outcomes.add(ended(keys.get(i), Futures.map(written.get(i), counting)));
        }
        return outcomes;
    }

    /** Loads those of {@code keys} that are not there; {@code request} names the loader of each. */
    CompletableFuture<PreWarmReport> preWarm(
            List<K> keys, Function<K, ReadRequest<K, V>> request, PreWarmOptions options, ProgressListener listener) {
        lifecycle.requireOpen();
        return new PreWarming<>(store, loads, keys, request, options, listener, seams, lifecycle).run();
    }

    /** Perhaps begins a reload of an entry that nears its end. */
    CompletableFuture<RefreshOutcome> refreshProbabilistic(
            K key, Duration threshold, double probability, ReadRequest<K, V> request) {
        lifecycle.requireOpen();
        if (!request.canLoad()) {
            return CompletableFuture.completedFuture(RefreshOutcome.NO_SOURCE);
        }
        return counted(Futures.map(store.read(key, true, request.decodeOn()), answer -> {
            Entry<V> entry = answer.entry();
            if (entry == null) {
                return RefreshOutcome.ABSENT;
            }
            RefreshOutcome decision = RefreshDecision.byThreshold(
                    entry.remainingNanos(seams.time().nanoTime()),
                    TimeUnit.NANOSECONDS.convert(threshold),
                    probability,
                    seams.random().nextDouble());
            if (decision != RefreshOutcome.STARTED) {
                return decision;
            }
            return loads.refresh(key, answer, request.inBackground())
                    ? RefreshOutcome.STARTED
                    : RefreshOutcome.ALREADY_RUNNING;
        }));
    }

    /** Begins a reload in the background, unless one runs. */
    void refresh(K key, ReadRequest<K, V> request) {
        lifecycle.requireOpen();
        Futures.onEnd(
                store.read(key, true, ReadOptions.latest(), request.decodeOn()),
                (answer, failure) -> loads.refresh(key, answer, request.inBackground()));
    }

    CacheStats stats() {
        return stats.snapshot(name, store.localUsage(), 0);
    }

    /** Adds what this cache has done; answers how many entries it holds in this process. */
    long addTo(ServiceStats sum) {
        LocalUsage local = store.localUsage();
        sum.cache(name, stats, local, 0);
        return local.entries();
    }

    /** Waits until the source has what was written behind, as far as it takes it in time; before the service closes. */
    void finishWrites() {
        WriteBehind<K, V> writes = behind;
        if (writes != null) {
            writes.close();
        }
    }

    /** Breaks off the loads; completed when other processes may load what this one was about to. */
    CompletableFuture<?> close() {
        flights.failAll(Lifecycle::closedException);
        return loads.givenBack();
    }

    private CompletableFuture<Boolean> countingPut(CompletableFuture<Boolean> stored) {
        return Futures.map(stored, yes -> {
            if (yes) {
                stats.put();
            }
            return yes;
        });
    }

    private <T> CompletableFuture<T> writing(K key, Supplier<CompletableFuture<T>> write) {
        lifecycle.requireOpen();
        flights.writeBegins(key);
        CompletableFuture<T> outcome;
        try {
            outcome = timed(Operation.WRITE, write);
        } catch (RuntimeException | Error refused) {
            flights.writeEnded(key);
            throw refused;
        }
        return ended(key, outcome);
    }

    /** The caller is answered only after the loads of the key are free to install again (P1). */
    private <T> CompletableFuture<T> ended(K key, CompletableFuture<T> outcome) {
        return counted(outcome, failure -> {
            flights.writeEnded(key);
            if (failure == null) {
                loads.wasWritten(key);
            }
        });
    }

    private WriteOutcome applied(Object stored) {
        stats.put();
        return WriteOutcome.APPLIED;
    }

    private WriteOutcome removed(WriteOutcome outcome) {
        stats.removal();
        return outcome;
    }

    private <T> CompletableFuture<T> counted(CompletableFuture<T> call) {
        return counted(call, failure -> {});
    }

    /**
     * A failure is counted before the caller is answered.
     *
     * @param before called before that, whatever came of the call
     */
    private <T> CompletableFuture<T> counted(CompletableFuture<T> call, Consumer<@Nullable Throwable> before) {
        CompletableFuture<T> answered = new CompletableFuture<>();
        Futures.onEnd(call, (result, failure) -> {
            before.accept(failure);
            if (failure != null && Futures.unwrap(failure) instanceof CacheException known) {
                stats.error(known.kind());
            }
            Futures.<T>copyTo(answered).accept(result, failure);
        });
        return answered;
    }

    private <T> CompletableFuture<T> timed(Operation operation, Supplier<CompletableFuture<T>> call) {
        if (!StatsRecorder.sample()) {
            return call.get();
        }
        long startedNanos = seams.time().nanoTime();
        CompletableFuture<T> answer = call.get();
        Futures.onEnd(
                answer,
                (result, failure) -> stats.latency(
                        answeredHere(result) ? Operation.LOCAL_READ : operation,
                        seams.time().nanoTime() - startedNanos));
        return answer;
    }

    private static boolean answeredHere(@Nullable Object result) {
        return result instanceof Answer<?> answer && answer.tier() == Tier.LOCAL;
    }
}
