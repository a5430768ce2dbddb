package io.cacheservice.internal.engine;

import io.cacheservice.BulkLoader;
import io.cacheservice.CacheException;
import io.cacheservice.Loader;
import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import io.cacheservice.Tier;
import io.cacheservice.internal.engine.Flights.Flight;
import io.cacheservice.internal.engine.Flights.Seat;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.stats.StatsRecorder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the source for what is not there: one load per key at a time, its result stored and shared.
 *
 * <p>A waiter gets a future of its own and, on failure, an exception of its own.
 */
final class Loads<K, V> {
    private final Store<K, V> store;
    private final Flights<K, V> flights;
    private final StatsRecorder stats;
    private final Seams seams;
    private final Lifecycle lifecycle;
    private final OptionalLong nullTtlMillis;

    Loads(
            Store<K, V> store,
            Flights<K, V> flights,
            StatsRecorder stats,
            Seams seams,
            Lifecycle lifecycle,
            OptionalLong nullTtlMillis) {
        this.store = store;
        this.flights = flights;
        this.stats = stats;
        this.seams = seams;
        this.lifecycle = lifecycle;
        this.nullTtlMillis = nullTtlMillis;
    }

    /**
     * A key that was not in the store.
     *
     * @param installations what {@link Flights#installations} said before the store was read
     * @param storing whether the result of a load is to be stored
     */
    record Miss<K>(K key, int installations, boolean storing) {}

    /** See {@link Flights#installations}. */
    int installations(K key) {
        return flights.installations(key);
    }

    /** Loads one key, or joins the load that runs. */
    CompletableFuture<Answer<V>> load(Miss<K> miss, ReadRequest<K, V> request) {
        return loadAll(List.of(miss), request).get(0);
    }

    /** Loads the keys together that nobody is loading yet; the request has a bulk loader if there are several. */
    List<CompletableFuture<Answer<V>>> loadAll(List<Miss<K>> misses, ReadRequest<K, V> request) {
        Map<K, Flight<V>> own = new LinkedHashMap<>();
        List<K> doubtful = new ArrayList<>();
        List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(misses.size());
        for (Miss<K> miss : misses) {
            Seat<V> seat = flights.board(miss.key(), seams.time().nanoTime());
            if (seat.isOwner()) {
                own.put(miss.key(), seat.flight());
                if (flights.installations(miss.key()) != miss.installations()) {
                    doubtful.add(miss.key());
                }
                answers.add(wait(miss.key(), seat.flight()));
            } else {
                answers.add(join(miss, seat.flight(), request));
            }
        }
        boolean storing = misses.stream().allMatch(Miss::storing);
        if (doubtful.isEmpty()) {
            begin(own, request, storing);
        } else {
            lookAgain(own, doubtful, request, storing);
        }
        return answers;
    }

    private CompletableFuture<Answer<V>> join(Miss<K> miss, Flight<V> flight, ReadRequest<K, V> request) {
        if (flight.waitsFor(request.askedBy())) {
            return CompletableFuture.failedFuture(failureFor(
                    miss.key(),
                    new IllegalStateException(
                            "the loader asks the cache for the very key that it loads, so it waits for"
                                    + " itself: ask the source there")));
        }
        CompletableFuture<Answer<V>> joined = wait(miss.key(), flight);
        return request.acceptsAsOf(flight.boardedAtNanos(), seams.time())
                ? joined
                : Futures.then(joined, (tooOld, failure) -> load(miss, request));
    }

    /** Another load may have landed between the miss and the boarding: what is there now is not loaded again. */
    private void lookAgain(Map<K, Flight<V>> own, List<K> doubtful, ReadRequest<K, V> request, boolean storing) {
        List<CompletableFuture<Answer<V>>> again;
        try {
            again = store.readAll(doubtful, request.needsRemaining(), request.decodeOn());
        } catch (RuntimeException | Error refused) { // of a user's key function
            fail(own, refused);
            return;
        }
        Futures.onEnd(Futures.allDone(again), (nothing, none) -> {
            try {
                landWhatIsThere(own, doubtful, again, request);
            } catch (RuntimeException | Error e) { // of a clock or a key
                fail(own, e);
                return;
            }
            begin(own, request, storing);
        });
    }

    private void landWhatIsThere(
            Map<K, Flight<V>> own,
            List<K> doubtful,
            List<CompletableFuture<Answer<V>>> again,
            ReadRequest<K, V> request) {
        for (int i = 0; i < doubtful.size(); i++) {
            CompletableFuture<Answer<V>> answer = again.get(i);
            Entry<V> entry =
                    answer.isCompletedExceptionally() ? null : answer.join().entry();
            if (entry != null && request.accepts(entry, seams.time())) {
                K key = doubtful.get(i);
                Flight<V> flight = own.remove(key);
                if (flight != null) {
                    flights.abandon(key, flight);
                    flight.landing().complete(entry);
                }
            }
        }
    }

    /** Begins a load of {@code key} that nobody waits for; answers false when one runs already. */
    boolean refresh(K key, ReadRequest<K, V> request) {
        Seat<V> seat = flights.board(key, seams.time().nanoTime());
        if (seat.isOwner()) {
            begin(Map.of(key, seat.flight()), request, true);
        }
        return seat.isOwner();
    }

    private void begin(Map<K, Flight<V>> own, ReadRequest<K, V> request, boolean storing) {
        if (own.isEmpty() || failedByClose(own)) {
            return;
        }
        try {
            request.loadOn().execute(() -> run(own, request, storing));
        } catch (RuntimeException | Error full) { // of whatever executor this is
            if (failedByClose(own)) {
                return;
            }
            fail(
                    own,
                    new RejectedExecutionException(
                            "no thread is free for the load: too many loads run at once."
                                    + " Give CacheService.builder().executor(..) more threads, or load less",
                            full));
        }
    }

    /** A service that is closed loads nothing more. Flights that boarded before the close have been failed by it. */
    private boolean failedByClose(Map<K, Flight<V>> own) {
        if (lifecycle.isClosed()) {
            fail(own, Lifecycle.closedException());
            return true;
        }
        return false;
    }

    private void run(Map<K, Flight<V>> own, ReadRequest<K, V> request, boolean storing) {
        if (failedByClose(own)) {
            return;
        }
        long startedNanos = seams.time().nanoTime();
        Map<K, V> loaded;
        LoaderCall call = LoaderCall.enter();
        try {
            own.values().forEach(flight -> flight.runsIn(call));
            loaded = ask(own, request);
        } catch (Throwable failure) { // whatever a loader throws belongs to its waiters
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            stats.loadFailed(seams.time().nanoTime() - startedNanos);
            fail(own, failure);
            return;
        } finally {
            call.leave();
        }
        long loadNanos = seams.time().nanoTime() - startedNanos;
        stats.loadSucceeded(loadNanos);
        own.forEach((key, flight) -> {
            try {
                V value = loaded.get(key);
                long ttlMillis = value == null ? nullTtlMillis.orElse(0) : request.ttlMillis();
                Draft<V> draft = new Draft<>(value, ttlMillis, startedNanos, loadNanos, null);
                land(key, flight, draft, storing);
            } catch (Throwable failure) { // of the loader's map or a codec; nobody may be left waiting
                fail(Map.of(key, flight), failure);
            }
        });
    }

    private Map<K, V> ask(Map<K, Flight<V>> own, ReadRequest<K, V> request) throws Exception {
        Loader<? super K, ? extends V> loader = request.loader();
        BulkLoader<K, V> bulkLoader = request.bulkLoader();
        if (bulkLoader != null && (own.size() > 1 || loader == null)) {
            return Objects.requireNonNull(
                    bulkLoader.loadAll(Collections.unmodifiableSet(new LinkedHashSet<>(own.keySet()))),
                    "the bulk loader answered null: it must answer a map, without the keys that have no value");
        }
        if (loader == null) {
            throw new IllegalStateException("a load was begun without a loader");
        }
        Map<K, V> loaded = new LinkedHashMap<>();
        for (K key : own.keySet()) {
            V value = loader.load(key);
            if (value != null) {
                loaded.put(key, value);
            }
        }
        return loaded;
    }

    private void land(K key, Flight<V> flight, Draft<V> draft, boolean storing) {
        Filling<V> filling = filling(key, draft, storing);
        CompletableFuture<Entry<V>> stored = null;
        if (filling != null) {
            stored = flights.land(key, flight, () -> begun(filling));
        } else {
            flights.abandon(key, flight);
        }
        if (filling == null || stored == null) {
            flight.landing().complete(unstored(draft));
            return;
        }
        Futures.onEnd(stored, (entry, failure) -> {
            if (failure != null) {
                keep(key, flight, filling);
            }
            flights.abandon(key, flight);
            if (failure == null) {
                if (storing) {
                    stats.put();
                }
                flight.landing().complete(entry);
            } else {
                // The source has answered: that it could not be stored must not fail those who wait for the value.
                count(Futures.unwrap(failure));
                flight.landing().complete(unstored(draft));
            }
        });
    }

    /** Unless a write of the key came meanwhile: then it is older than what that write left. */
    private void keep(K key, Flight<V> flight, Filling<V> filling) {
        flights.land(key, flight, () -> {
            filling.keep();
            return filling;
        });
    }

    /** What is to happen with the result; null: nothing. */
    private @Nullable Filling<V> filling(K key, Draft<V> draft, boolean storing) {
        if (draft.value() == null && nullTtlMillis.isEmpty()) {
            return null;
        }
        return storing ? prepared(key, draft) : preparedUnstored(key, draft);
    }

    private @Nullable Filling<V> preparedUnstored(K key, Draft<V> draft) {
        try {
            Runnable keeping = store.keepUnstored(key, draft);
            return keeping == null
                    ? null
                    : () -> {
                        keeping.run();
                        return CompletableFuture.completedFuture(unstored(draft));
                    };
        } catch (RuntimeException | Error refused) { // of a codec or a key function
            count(refused);
            return null;
        }
    }

    /** Null: it cannot be stored, which is counted and fails nobody. */
    private @Nullable Filling<V> prepared(K key, Draft<V> draft) {
        try {
            return store.fill(key, draft);
        } catch (RuntimeException | Error refused) { // of a codec or a key function
            count(refused);
            return null;
        }
    }

    private CompletableFuture<Entry<V>> begun(Filling<V> filling) {
        try {
            return filling.begin();
        } catch (RuntimeException | Error refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void count(Throwable failure) {
        if (failure instanceof CacheException known) {
            stats.error(known.kind());
        }
    }

    private void fail(Map<K, Flight<V>> own, Throwable failure) {
        own.forEach((key, flight) -> {
            flights.abandon(key, flight);
            flight.landing().completeExceptionally(failure);
        });
    }

    /** What a load gave, as those get it who waited for it. */
    static <V> Entry<V> unstored(Draft<V> draft) {
        long end = draft.ttlMillis() == Draft.FOR_EVER
                ? Entry.FOR_EVER
                : draft.asOfNanos() + TimeUnit.MILLISECONDS.toNanos(draft.ttlMillis());
        return new Entry<>(draft.value(), draft.asOfNanos(), end, 0, 0, Entry.Kind.UNSTORED, draft.contentType(), null);
    }

    private CompletableFuture<Answer<V>> wait(K key, Flight<V> flight) {
        CompletableFuture<Answer<V>> mine = new CompletableFuture<>();
        Futures.onEnd(flight.landing(), (entry, failure) -> {
            if (failure != null) {
                mine.completeExceptionally(failureFor(key, Futures.unwrap(failure)));
            } else {
                mine.complete(answer(entry));
            }
        });
        return mine;
    }

    private Answer<V> answer(Entry<V> entry) {
        return entry.value() == null && nullTtlMillis.isEmpty()
                ? Answer.none(Tier.SOURCE, Reason.LOADED)
                : Answer.of(entry, Tier.SOURCE, Reason.LOADED);
    }

    private static CacheException failureFor(Object key, @Nullable Throwable failure) {
        if (failure instanceof io.cacheservice.CacheClosedException) {
            return Lifecycle.closedException();
        }
        try {
            return new SourceException(key, failure == null ? new IllegalStateException("no cause") : failure);
        } catch (RuntimeException | Error unprintable) { // a key or an exception whose text cannot be had
            return new SourceException("(its text cannot be had)", unprintable);
        }
    }
}
