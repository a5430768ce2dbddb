package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.OnUnavailable;
import io.cacheservice.Operation;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.local.RefreshedEntry;
import io.cacheservice.internal.stats.StatsRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads: from this process, from the store or, if need be, from the source; with an older value where that is allowed.
 * What a read finds may set off work that nobody waits for: a refresh, or a longer life of the entry.
 */
final class Reads<K, V> {
    private final Store<K, V> store;
    private final Flights<K, V> flights;
    private final Loads<K, V> loads;
    private final Changes<K> changes;
    private final StatsRecorder stats;
    private final Counting counting;
    private final Seams seams;
    private final OnUnavailable onUnavailable;
    private final Patience<K, V> patience;
    private final Refreshing refreshing;
    private PeriodicRefresh.@Nullable Watched<K, V> watched;
    private @Nullable Sliding<K> sliding;
    private @Nullable WriteBehind<K, V> behind;

    Reads(
            Store<K, V> store,
            Flights<K, V> flights,
            Loads<K, V> loads,
            Changes<K> changes,
            StatsRecorder stats,
            Counting counting,
            Seams seams,
            OnUnavailable onUnavailable,
            Patience<K, V> patience,
            Refreshing refreshing) {
        this.store = store;
        this.flights = flights;
        this.loads = loads;
        this.changes = changes;
        this.stats = stats;
        this.counting = counting;
        this.seams = seams;
        this.onUnavailable = onUnavailable;
        this.patience = patience;
        this.refreshing = refreshing;
    }

    /** What the source is still to get is read before anything else; called before the first read. */
    void writesBehind(WriteBehind<K, V> writes) {
        behind = writes;
    }

    /** Entries live on while they are read; called before the first read. */
    void slidesBy(Sliding<K> lives) {
        sliding = lives;
    }

    /** What is read is noted, to be reloaded from time to time; called before the first read. */
    void watchedBy(PeriodicRefresh.Watched<K, V> keys) {
        watched = keys;
    }

    /**
     * The answer this process can give without asking anyone, counted as a hit; null when there is none.
     *
     * @param nowNanos read from the clock after the read began
     */
    @Nullable
    Entry<V> peek(K key, long nowNanos) {
        Entry<V> entry = hitHere(key, nowNanos);
        if (entry != null && StatsRecorder.sample()) {
            stats.latency(Operation.LOCAL_READ, seams.time().nanoTime() - nowNanos);
        }
        return entry;
    }

    private @Nullable Entry<V> hitHere(K key, long nowNanos) {
        Entry<V> entry = store.peek(key, nowNanos);
        if (entry == null || isElsewhere(key)) {
            return null;
        }
        stats.localHit();
        if (entry instanceof RefreshedEntry<V> refreshed) {
            refreshed.wasRead();
        }
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

    /** Reads {@code key} from the store and, if it may and must, from the source. */
    CompletableFuture<Answer<V>> read(K key, ReadRequest<K, V> request) {
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
        CompletableFuture<Answer<V>> stored = counting.timed(
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
                Futures.onEnd(
                        counting.counted(settle(before, request, answer, cause, loads::load)),
                        Futures.copyTo(answered));
            } catch (RuntimeException | Error e) {
                answered.completeExceptionally(e);
            }
        });
        return answered;
    }

    private void hit(K key, Answer<V> answer, Entry<V> entry, ReadRequest<K, V> request) {
        stats.hits(answer.tier(), 1);
        if (entry.isMigrated() && answer.tier() != Tier.LOCAL) {
            stats.migrated();
        }
        loads.refreshResults().wasRead(key, entry);
        note(key, entry);
        if (request.canLoad()
                && answer.tier() != Tier.REPLICA
                && answer.reason() != Reason.LOCAL_ONLY
                && refreshing.isDue(entry, seams.time().nanoTime())) {
            loads.refresh(key, answer, request.inBackground());
        }
    }

    /** What was known of a key before the store was read. */
    private record Before<K>(K key, int installations, long startedNanos) {
        <V> Loads.Miss<K, V> miss(@Nullable Answer<V> seen, @Nullable Entry<V> fallback) {
            return new Loads.Miss<>(key, installations, startedNanos, seen, fallback != null);
        }
    }

    /** Reads {@code keys}, which are distinct; one answer per key in order, or the failure of the first that fails. */
    CompletableFuture<List<Answer<V>>> readAll(List<K> keys, Function<K, ReadRequest<K, V>> requests) {
        return counting.counted(Futures.then(
                answers(keys, requests, UnaryOperator.identity()),
                (answers, failure) -> answers == null
                        ? CompletableFuture.failedFuture(Objects.requireNonNull(failure, "failure"))
                        : together(answers)));
    }

    /** Reads {@code keys}, which are distinct; completed, with one element per key in order, when all of them are done. */
    CompletableFuture<List<CompletableFuture<Answer<V>>>> readEach(
            List<K> keys, Function<K, ReadRequest<K, V>> requests) {
        return answers(keys, requests, counting::counted);
    }

    private CompletableFuture<List<CompletableFuture<Answer<V>>>> answers(
            List<K> keys,
            Function<K, ReadRequest<K, V>> requests,
            UnaryOperator<CompletableFuture<Answer<V>>> counted) {
        long startedNanos = seams.time().nanoTime();
        int[] installations = new int[keys.size()];
        List<ReadRequest<K, V>> wanted = new ArrayList<>(keys.size());
        boolean withRemaining = false;
        for (int i = 0; i < installations.length; i++) {
            installations[i] = flights.installations(keys.get(i));
            ReadRequest<K, V> request = requests.apply(keys.get(i));
            withRemaining |= request.needsRemaining();
            wanted.add(request);
        }
        Executor decodeOn = wanted.isEmpty() ? seams.executor() : wanted.get(0).decodeOn();
        return Futures.then(store.readAll(keys, withRemaining, decodeOn), (stored, failure) -> {
            if (stored == null) {
                return CompletableFuture.failedFuture(Objects.requireNonNull(failure, "failure"));
            }
            BulkAsking<K, V> bulk = new BulkAsking<>(loads, BulkAsking.CONCURRENCY);
            List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(installations.length);
            for (int i = 0; i < installations.length; i++) {
                Before<K> before = new Before<>(keys.get(i), installations[i], startedNanos);
                answers.add(counted.apply(settled(before, wanted.get(i), stored.get(i), bulk)));
            }
            bulk.begin();
            return Futures.whenDone(answers);
        });
    }

    private CompletableFuture<Answer<V>> settled(
            Before<K> before, ReadRequest<K, V> request, CompletableFuture<Answer<V>> done, Asking<K, V> source) {
        try {
            return done.isCompletedExceptionally()
                    ? Futures.then(done, (answer, failure) -> settle(before, request, answer, failure, source))
                    : settle(before, request, done.join(), null, source);
        } catch (RuntimeException | Error e) { // of a key of a user; the others are answered
            return CompletableFuture.failedFuture(e);
        }
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

    /** The results of futures that are done, or the first failure. */
    private static <T> CompletableFuture<List<T>> together(List<CompletableFuture<T>> done) {
        List<T> results = new ArrayList<>(done.size());
        for (CompletableFuture<T> one : done) {
            if (one.isCompletedExceptionally()) {
                return Futures.map(one, result -> results);
            }
            results.add(one.join());
        }
        return CompletableFuture.completedFuture(results);
    }
}
