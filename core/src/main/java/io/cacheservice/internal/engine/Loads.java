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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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
    private final OptionalLong nullTtlMillis;

    Loads(Store<K, V> store, Flights<K, V> flights, StatsRecorder stats, Seams seams, OptionalLong nullTtlMillis) {
        this.store = store;
        this.flights = flights;
        this.stats = stats;
        this.seams = seams;
        this.nullTtlMillis = nullTtlMillis;
    }

    /**
     * Loads {@code key}, or joins the load that runs.
     *
     * @param storing whether the result is to be stored
     */
    CompletableFuture<Answer<V>> load(K key, ReadRequest<K, V> request, boolean storing) {
        Seat<V> seat = flights.board(key);
        if (seat.isOwner()) {
            begin(Map.of(key, seat.flight()), request, storing);
        }
        return wait(key, seat.flight());
    }

    /** Loads {@code keys}, those together that nobody is loading yet, if the request has a bulk loader. */
    List<CompletableFuture<Answer<V>>> loadAll(List<K> keys, ReadRequest<K, V> request, boolean storing) {
        if (request.bulkLoader() == null) {
            return keys.stream().map(key -> load(key, request, storing)).toList();
        }
        Map<K, Flight<V>> own = new LinkedHashMap<>();
        List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(keys.size());
        for (K key : keys) {
            Seat<V> seat = flights.board(key);
            if (seat.isOwner()) {
                own.put(key, seat.flight());
            }
            answers.add(wait(key, seat.flight()));
        }
        if (!own.isEmpty()) {
            begin(own, request, storing);
        }
        return answers;
    }

    /** Begins a load of {@code key} that nobody waits for; answers false when one runs already. */
    boolean refresh(K key, ReadRequest<K, V> request) {
        Seat<V> seat = flights.board(key);
        if (seat.isOwner()) {
            begin(Map.of(key, seat.flight()), request, true);
        }
        return seat.isOwner();
    }

    private void begin(Map<K, Flight<V>> own, ReadRequest<K, V> request, boolean storing) {
        try {
            request.loadOn().execute(seams.carrier().capture(() -> run(own, request, storing)));
        } catch (RejectedExecutionException full) {
            fail(
                    own,
                    new RejectedExecutionException(
                            "no thread is free for the load: too many loads run at once."
                                    + " Give CacheService.builder().executor(..) more threads, or load less",
                            full));
        }
    }

    private void run(Map<K, Flight<V>> own, ReadRequest<K, V> request, boolean storing) {
        long startedNanos = seams.time().nanoTime();
        Map<K, V> loaded;
        try {
            loaded = ask(own, request);
        } catch (Throwable failure) { // whatever a loader throws belongs to its waiters
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            stats.loadFailed(seams.time().nanoTime() - startedNanos);
            fail(own, failure);
            return;
        }
        long loadNanos = seams.time().nanoTime() - startedNanos;
        stats.loadSucceeded(loadNanos);
        own.forEach((key, flight) -> {
            V value = loaded.get(key);
            long ttlMillis = value == null ? nullTtlMillis.orElse(0) : request.ttlMillis();
            Draft<V> draft = new Draft<>(value, ttlMillis, startedNanos, loadNanos, null);
            land(key, flight, draft, storing && (value != null || nullTtlMillis.isPresent()));
        });
    }

    private Map<K, V> ask(Map<K, Flight<V>> own, ReadRequest<K, V> request) throws Exception {
        Loader<? super K, ? extends V> loader = request.loader();
        BulkLoader<K, V> bulkLoader = request.bulkLoader();
        if (bulkLoader != null && (own.size() > 1 || loader == null)) {
            return bulkLoader.loadAll(own.keySet());
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
        CompletableFuture<Entry<V>> stored = null;
        if (storing) {
            stored = flights.land(key, flight, () -> written(key, draft));
        } else {
            flights.abandon(key, flight);
        }
        if (stored == null) {
            flight.landing().complete(unstored(draft));
            return;
        }
        Futures.onEnd(stored, (entry, failure) -> {
            if (failure == null) {
                stats.put();
                flight.landing().complete(entry);
            } else {
                // The source has answered: that it could not be stored must not fail those who wait for the value.
                count(Futures.unwrap(failure));
                flight.landing().complete(unstored(draft));
            }
        });
    }

    private CompletableFuture<Entry<V>> written(K key, Draft<V> draft) {
        try {
            return store.write(key, draft);
        } catch (RuntimeException refused) {
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

    private static <V> Entry<V> unstored(Draft<V> draft) {
        return new Entry<>(
                draft.value(), draft.asOfNanos(), Entry.FOR_EVER, 0, 0, Entry.Kind.UNSTORED, draft.contentType(), null);
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
                : new Answer<>(entry, Tier.SOURCE, Reason.LOADED);
    }

    private static CacheException failureFor(Object key, @Nullable Throwable failure) {
        if (failure instanceof io.cacheservice.CacheClosedException) {
            return Lifecycle.closedException();
        }
        return new SourceException(key, failure == null ? new IllegalStateException("no cause") : failure);
    }
}
