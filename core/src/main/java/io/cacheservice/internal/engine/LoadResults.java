package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.EntryVersion;
import io.cacheservice.ReadOptions;
import io.cacheservice.internal.engine.Flights.Flight;
import io.cacheservice.internal.engine.Flights.Landed;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.refresh.TtlJitter;
import io.cacheservice.internal.stats.StatsRecorder;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what a source answered: it is stored under the right that was granted to its load, or in this process alone
 * where Redis is away, or nowhere where something came in between; those who wait get it in any case.
 */
final class LoadResults<K, V> {
    private final Store<K, V> store;
    private final Flights<K, V> flights;
    private final StatsRecorder stats;
    private final Seams seams;
    private final LoadPolicy policy;
    private final BiFunction<? super K, ? super V, Set<String>> tagsOf;
    private final RefreshResults<K, V> refreshResults;

    LoadResults(
            Store<K, V> store,
            Flights<K, V> flights,
            StatsRecorder stats,
            Seams seams,
            LoadPolicy policy,
            BiFunction<? super K, ? super V, Set<String>> tagsOf,
            RefreshResults<K, V> refreshResults) {
        this.refreshResults = refreshResults;
        this.store = store;
        this.flights = flights;
        this.stats = stats;
        this.seams = seams;
        this.policy = policy;
        this.tagsOf = tagsOf;
    }

    /** Stores what the source answered for one key, and lands its flight. Throws what the users' code throws before that. */
    void store(Boarding<K, V> boarding, ReadRequest<K, V> request, LoadRun.Result<K, V> result) {
        Draft<V> draft = draft(boarding, request, result);
        Loading<V> context = result.contexts().get(boarding.key());
        Entry<V> unstored = draft.unstored().with(boarding.sinceClaim());
        boolean isCached = (context == null || context.isCached())
                && (draft.value() != null || policy.nullTtlMillis().isPresent());
        Claim.Granted granted = boarding.granted();
        if (!isCached) {
            drop(boarding, unstored);
        } else if (granted == null) {
            keepAlone(boarding, unstored);
        } else {
            Futures.onEnd(prepared(boarding, draft, granted), (filling, refused) -> {
                if (filling == null) {
                    if (refused == null) {
                        stats.fillRefused();
                    }
                    drop(boarding, unstored);
                } else {
                    fill(boarding, request, filling, unstored);
                }
            });
        }
    }

    private Draft<V> draft(Boarding<K, V> boarding, ReadRequest<K, V> request, LoadRun.Result<K, V> result) {
        K key = boarding.key();
        V value = result.values().get(key);
        Loading<V> context = result.contexts().get(key);
        long policyMillis = value == null ? policy.nullTtlMillis().orElse(0) : request.ttlMillis();
        long jitteredMillis = value != null && request.isTtlExact()
                ? policyMillis
                : TtlJitter.shortened(policyMillis, seams.random().nextDouble());
        return new Draft<>(
                value,
                context == null ? jitteredMillis : context.ttlMillis().orElse(jitteredMillis),
                result.startedNanos(),
                result.loadNanos(),
                context == null ? Entry.Notes.NONE : context.notes(),
                tags(key, value, context),
                boarding.isRefresh());
    }

    private Set<String> tags(K key, @Nullable V value, @Nullable Loading<V> context) {
        Set<String> named = context == null ? Set.of() : context.tags();
        if (value == null) {
            return named;
        }
        Set<String> ofThePolicy = tagsOf.apply(key, value);
        if (named.isEmpty()) {
            return ofThePolicy;
        }
        Set<String> all = new LinkedHashSet<>(ofThePolicy);
        all.addAll(named);
        return all;
    }

    /** The result is for those who wait, and nobody else. */
    private void drop(Boarding<K, V> boarding, Entry<V> unstored) {
        var unused = Claims.release(boarding.lease(), seams.random(), 0);
        land(boarding, new Landed<>(unstored, unstored.asOfNanos(), true));
    }

    /** Redis could not be asked: the result is kept in this process, where that is done. */
    private void keepAlone(Boarding<K, V> boarding, Entry<V> unstored) {
        try {
            Runnable keeping = store.keepUnstored(boarding.key(), unstored);
            if (keeping != null) {
                flights.land(boarding.key(), boarding.flight(), () -> {
                    keeping.run();
                    return keeping;
                });
            }
        } catch (RuntimeException | Error refused) { // of a codec or a key function
            count(refused);
        }
        drop(boarding, unstored);
    }

    private void fill(Boarding<K, V> boarding, ReadRequest<K, V> request, Filling<V> filling, Entry<V> unstored) {
        K key = boarding.key();
        Flight<V> flight = boarding.flight();
        long nowNanos = seams.time().nanoTime();
        CompletableFuture<Entry<V>> stored = flights.land(key, flight, () -> begun(filling));
        if (stored == null) {
            stats.fillRefused();
            drop(boarding, unstored);
            return;
        }
        Futures.onEnd(stored, (entry, failure) -> {
            if (entry == null) {
                // The source has answered: that it could not be stored must not fail those who wait for the value.
                count(failure == null ? new IllegalStateException("no entry") : Futures.unwrap(failure));
                keep(key, flight, filling, unstored);
                land(boarding, new Landed<>(unstored, unstored.asOfNanos(), true));
                return;
            }
            boolean isStored = entry.version() != null;
            if (isStored) {
                countStored(boarding, entry);
            } else {
                stats.fillRefused();
            }
            if (!isStored || boarding.lease() == null) {
                land(boarding, new Landed<>(entry, unstored.asOfNanos(), true));
                if (!isStored) {
                    lookForAnotherLoad(boarding, request);
                }
                return;
            }
            // that the lease was still there proves that nobody has written the key since it was granted
            Futures.onEnd(store.stillHolds(entry), (holds, unknown) -> {
                boolean isProven = Boolean.TRUE.equals(holds);
                land(boarding, new Landed<>(entry, isProven ? nowNanos : unstored.asOfNanos(), true));
            });
        });
    }

    private void countStored(Boarding<K, V> boarding, Entry<V> entry) {
        stats.put();
        if (boarding.isRefresh()) {
            refreshResults.stored(
                    boarding.key(),
                    boarding.replaced(),
                    entry,
                    boarding.flight().boardedAtNanos(),
                    seams.time().nanoTime());
        } else {
            refreshResults.ended(boarding.key());
        }
    }

    /** A result was refused: nobody waits any more, so one question tells whether it was because of another load's. */
    private void lookForAnotherLoad(Boarding<K, V> boarding, ReadRequest<K, V> request) {
        Entry<V> replaced = boarding.replaced();
        EntryVersion before = replaced == null ? null : replaced.version();
        CompletableFuture<Answer<V>> looked;
        try {
            looked = store.read(boarding.key(), false, ReadOptions.latest(), request.decodeOn());
        } catch (RuntimeException | Error refused) { // of a user's key function
            return;
        }
        Futures.onEnd(looked, (answer, failure) -> {
            Entry<V> there = answer == null ? null : answer.entry();
            if (there != null && there.costNanos() > 0 && !Objects.equals(there.version(), before)) {
                stats.loadWasDuplicate();
            }
        });
    }

    /** Unless a write of the key came meanwhile: then it is older than what that write left. */
    private void keep(K key, Flight<V> flight, Filling<V> filling, Entry<V> unstored) {
        flights.land(key, flight, () -> {
            filling.keep(unstored);
            return filling;
        });
    }

    /** Completed with null where it must not be stored; what cannot be stored is counted and fails nobody. */
    private CompletableFuture<@Nullable Filling<V>> prepared(
            Boarding<K, V> boarding, Draft<V> draft, Claim.Granted granted) {
        try {
            return store.fill(boarding.key(), draft, granted);
        } catch (RuntimeException | Error refused) { // of a codec or a key function
            count(refused);
            return CompletableFuture.failedFuture(refused);
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

    /** Gives all who wait for the flight what it brought. */
    void land(Boarding<K, V> boarding, Landed<V> landed) {
        flights.end(boarding.key(), boarding.flight());
        boarding.flight().landing().complete(landed);
    }
}
