package io.cacheservice.internal.engine;

import io.cacheservice.CacheStats;
import io.cacheservice.EntryVersion;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Operation;
import io.cacheservice.PreWarmOptions;
import io.cacheservice.PreWarmReport;
import io.cacheservice.ProgressListener;
import io.cacheservice.ReadOptions;
import io.cacheservice.RefreshOutcome;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.stats.LocalUsage;
import io.cacheservice.internal.stats.ServiceStats;
import io.cacheservice.internal.stats.StatsRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final Refreshing refreshing;
    private final Changes<K> changes = new Changes<>();
    private final SourceWriting<K, V> sourceWriting;
    private final Reads<K, V> reads;
    private final Counting counting;
    private final BackgroundJobs jobs;
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
        this.counting = new Counting(stats, seams.time());
        this.jobs = new BackgroundJobs(seams.executor(), lifecycle);
        this.loads = new Loads<>(store, flights, stats, seams, lifecycle, loadPolicy, tagsOf, bulkhead);
        this.reads = new Reads<>(
                store, flights, loads, changes, stats, counting, seams, onUnavailable, patience, refreshing);
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

    /** The moment by which a read that begins now is judged. */
    long nowNanos() {
        return seams.time().nanoTime();
    }

    /** See {@link Reads#peek}. */
    @Nullable
    Entry<V> peek(K key, long nowNanos) {
        lifecycle.requireOpen();
        return reads.peek(key, nowNanos);
    }

    /** See {@link Reads#read}. */
    CompletableFuture<Answer<V>> read(K key, ReadRequest<K, V> request) {
        lifecycle.requireOpen();
        return reads.read(key, request);
    }

    /** See {@link Reads#readAll}. */
    CompletableFuture<List<Answer<V>>> readAll(List<K> keys, Function<K, ReadRequest<K, V>> requests) {
        lifecycle.requireOpen();
        return reads.readAll(keys, requests);
    }

    /** See {@link Reads#readEach}. */
    CompletableFuture<List<CompletableFuture<Answer<V>>>> readEach(
            List<K> keys, Function<K, ReadRequest<K, V>> requests) {
        lifecycle.requireOpen();
        return reads.readEach(keys, requests);
    }

    /** What the source is still to get is read before anything else; called before the first read. */
    void writesBehind(WriteBehind<K, V> writes) {
        behind = writes;
        reads.writesBehind(writes);
    }

    /** Entries live on while they are read; called before the first read. */
    void slidesBy(Sliding<K> lives) {
        reads.slidesBy(lives);
    }

    /** What is read is to be reloaded from time to time; called before the first read. */
    void watchedBy(PeriodicRefresh periodic, Function<K, ReadRequest<K, V>> requests) {
        reads.watchedBy(periodic.watch((key, entry) -> {
            ReadRequest<K, V> request = requests.apply(key);
            if (request.canLoad() && !lifecycle.isClosed()) {
                refreshEarly(key, entry, request);
            }
        }));
    }

    /** Whether a read that found {@code entry} is to begin a load that nobody waits for, where it can. */
    boolean isDue(Entry<V> entry, long nowNanos) {
        return refreshing.isDue(entry, nowNanos);
    }

    /** Begins that load. */
    void refreshEarly(K key, Entry<V> entry, ReadRequest<K, V> request) {
        loads.refresh(key, Answer.found(entry, store.tier()), request.inBackground());
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
        return counting.counted(counting.timed(Operation.WRITE, invalidation), failure -> {
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
        return counting.counted(Futures.map(write, outcome -> {
            stats.put();
            return outcome;
        }));
    }

    /** Counts a removal that reaches the source. */
    CompletableFuture<WriteOutcome> countedRemoval(CompletableFuture<WriteOutcome> removal) {
        return counting.counted(Futures.map(removal, this::removed));
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

    /** Removes if the entry there is {@code seen}. */
    CompletableFuture<Boolean> delete(K key, EntryVersion seen) {
        return writing(
                key,
                () -> Futures.map(store.delete(key, seen), isRemoved -> {
                    if (isRemoved) {
                        stats.removal();
                    }
                    return isRemoved;
                }));
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

    /** Bars the loads that run for those keys that {@code concerned} names: what they bring is not kept. */
    void barLoads(Predicate<? super K> concerned) {
        lifecycle.requireOpen();
        flights.barEach(concerned);
    }

    /** See {@link BackgroundJobs#newJob}. */
    <R> BackgroundJob<R> newJob(String jobName) {
        return jobs.newJob(jobName);
    }

    /** Loads those of {@code keys} that are not there; {@code request} names the loader of each. */
    CompletableFuture<PreWarmReport> preWarm(
            List<K> keys, Function<K, ReadRequest<K, V>> request, PreWarmOptions options, ProgressListener listener) {
        lifecycle.requireOpen();
        return new PreWarming<>(store, loads, keys, request, options, listener, seams, jobs.newJob("the pre-warm"))
                .run();
    }

    /** Perhaps begins a reload of an entry that nears its end. */
    CompletableFuture<RefreshOutcome> refreshProbabilistic(
            K key, Duration threshold, double probability, ReadRequest<K, V> request) {
        lifecycle.requireOpen();
        if (!request.canLoad()) {
            return CompletableFuture.completedFuture(RefreshOutcome.NO_SOURCE);
        }
        return counting.counted(Futures.map(store.read(key, true, request.decodeOn()), answer -> {
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
        return stats.snapshot(name, settledUsage(), 0);
    }

    /** What the store holds in this process, once what has ended is counted as such. */
    private LocalUsage settledUsage() {
        loads.refreshResults().endOver(seams.time().nanoTime());
        return store.localUsage();
    }

    /** Adds what this cache has done; answers how many entries it holds in this process. */
    long addTo(ServiceStats sum) {
        LocalUsage local = settledUsage();
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

    /** Breaks off long jobs and loads; completed when other processes may load what this one was about to. */
    CompletableFuture<?> close() {
        jobs.failAll();
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
            outcome = counting.timed(Operation.WRITE, write);
        } catch (RuntimeException | Error refused) {
            flights.writeEnded(key);
            throw refused;
        }
        return ended(key, outcome);
    }

    /** The caller is answered only after the loads of the key are free to install again (P1). */
    private <T> CompletableFuture<T> ended(K key, CompletableFuture<T> outcome) {
        return counting.counted(outcome, failure -> {
            flights.writeEnded(key);
            if (failure == null) {
                loads.wasWritten(key);
            }
        });
    }

    private WriteOutcome applied(Entry<V> stored) {
        stats.put();
        return stored.isLocalOnly() ? WriteOutcome.LOCAL_ONLY : WriteOutcome.APPLIED;
    }

    private WriteOutcome removed(WriteOutcome outcome) {
        stats.removal();
        return outcome;
    }
}
