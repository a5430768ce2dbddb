package io.cacheservice.internal.engine;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheException;
import io.cacheservice.ReadOptions;
import io.cacheservice.Reason;
import io.cacheservice.SourceException;
import io.cacheservice.Tier;
import io.cacheservice.internal.engine.Flights.Flight;
import io.cacheservice.internal.engine.Flights.Landed;
import io.cacheservice.internal.engine.Flights.Seat;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.local.Entry;
import io.cacheservice.internal.refresh.Backoff;
import io.cacheservice.internal.refresh.FailedLoads;
import io.cacheservice.internal.refresh.Failure;
import io.cacheservice.internal.stats.StatsRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks the source for what is not there: one load per key at a time in this process, and in all processes that share a
 * store with leases; its result is stored and shared.
 *
 * <p>The way of a key ({@link Boarding}): it boards a flight, or joins one; its owner asks the store for the right to load
 * ({@link Claim}), and where another process has it, waits for that one's result; then the loader runs ({@link LoadRun}), and
 * what it gave is stored under the right that was granted, or not at all. A waiter gets a future of its own and, on failure,
 * an exception of its own.
 */
final class Loads<K, V> implements LoadRun.Ending<K, V> {
    /** What another process loads is looked for this often where nothing announces it. */
    private static final long FIRST_POLL_MILLIS = 10;

    private static final long LAST_POLL_MILLIS = 100;

    /** Looks at a store that never says twice the same, before the result is given up for stored. */
    private static final int MOST_CHANGES = 8;

    /** The pauses between reloads that fail while there is an older value to serve. */
    private static final Backoff BACKOFF = new Backoff(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(30));

    private final Store<K, V> store;
    private final Flights<K, V> flights;
    private final StatsRecorder stats;
    private final Seams seams;
    private final Lifecycle lifecycle;
    private final LoadPolicy policy;
    private final LoadResults<K, V> results;
    private final RefreshResults<K, V> refreshResults;
    private final FailedLoads<K> failures;
    private final Bulkhead bulkhead;
    private final SourceGate gate;
    private final Queue<CompletableFuture<?>> givenBack = new ConcurrentLinkedQueue<>();
    private final Gathering<Refresh<K, V>> gathering = new Gathering<>(this::refreshTogether);

    Loads(
            Store<K, V> store,
            Flights<K, V> flights,
            StatsRecorder stats,
            Seams seams,
            Lifecycle lifecycle,
            LoadPolicy policy,
            BiFunction<? super K, ? super V, Set<String>> tagsOf,
            Bulkhead bulkhead) {
        this.refreshResults = new RefreshResults<>(stats);
        this.results = new LoadResults<>(store, flights, stats, seams, policy, tagsOf, refreshResults);
        this.bulkhead = bulkhead;
        this.gate = new SourceGate(policy.maxLoads());
        this.store = store;
        this.flights = flights;
        this.stats = stats;
        this.seams = seams;
        this.lifecycle = lifecycle;
        this.policy = policy;
        this.failures = new FailedLoads<>(
                BACKOFF,
                TimeUnit.MILLISECONDS.toNanos(policy.errorTtlMillis()),
                FailedLoads.USUAL_CAPACITY,
                seams.random());
    }

    /**
     * A key that was not in the store.
     *
     * @param installations what {@link Flights#installations} said before the store was read
     * @param startedNanos when the caller began to read
     * @param seen what the store said; null: it could not be asked, and the result of a load is not to be stored
     * @param hasFallback whether the caller is given an older value where the load fails
     */
    record Miss<K, V>(
            K key,
            int installations,
            long startedNanos,
            @Nullable Answer<V> seen,
            boolean hasFallback) {
        Miss<K, V> withSeen(Answer<V> answer) {
            return new Miss<>(key, installations, startedNanos, answer, hasFallback);
        }
    }

    /** See {@link Flights#installations}. */
    int installations(K key) {
        return flights.installations(key);
    }

    /** Loads one key, or joins the load that runs. */
    CompletableFuture<Answer<V>> load(Miss<K, V> miss, ReadRequest<K, V> request) {
        return loadAll(List.of(miss), request).get(0);
    }

    /** Loads the keys together that nobody is loading yet; the request has a bulk loader if there are several. */
    List<CompletableFuture<Answer<V>>> loadAll(List<Miss<K, V>> misses, ReadRequest<K, V> request) {
        List<Boarding<K, V>> own = new ArrayList<>();
        List<Boarding<K, V>> doubtful = new ArrayList<>();
        List<CompletableFuture<Answer<V>>> answers = new ArrayList<>(misses.size());
        for (Miss<K, V> miss : misses) {
            Failure remembered = failures.barring(
                    miss.key(), miss.hasFallback(), seams.time().nanoTime());
            if (remembered != null) {
                answers.add(CompletableFuture.failedFuture(failureFor(miss.key(), remembered.cause())));
                continue;
            }
            Seat<V> seat = flights.board(miss.key(), seams.time().nanoTime());
            if (!seat.isOwner()) {
                answers.add(join(miss, seat.flight(), request));
                continue;
            }
            Boarding<K, V> boarding = new Boarding<>(miss.key(), seat.flight(), miss.seen());
            answers.add(wait(miss.key(), seat.flight()));
            if (!seat.flight().turn().isDone()) {
                beginWhenItsTurn(boarding, request);
            } else if (flights.installations(miss.key()) != miss.installations()) {
                doubtful.add(boarding);
            } else {
                own.add(boarding);
            }
        }
        doubtful.forEach(boarding -> lookAgain(boarding, request));
        begin(own, request);
        return answers;
    }

    /** Asks the source on this thread, past the cache and for this caller alone. */
    CompletableFuture<Answer<V>> bypass(K key, ReadRequest<K, V> request) {
        Loaders.One<K, V> one = request.loaders().one();
        Loaders.Many<K, V> many = request.loaders().many();
        if (!request.canLoad()) {
            return CompletableFuture.completedFuture(Answer.none(store.tier(), Reason.NOT_FOUND));
        }
        long startedNanos = seams.time().nanoTime();
        Loading<V> context = new Loading<>(
                null, seams.time(), startedNanos + TimeUnit.MILLISECONDS.toNanos(policy.loadTimeoutMillis()));
        CompletableFuture<V> loaded;
        try {
            if (one != null) {
                loaded = one.load(key, context).toCompletableFuture();
            } else if (many != null) {
                loaded = Futures.map(many.loadAll(Set.of(key)).toCompletableFuture(), values -> values.get(key));
            } else {
                return CompletableFuture.completedFuture(Answer.none(store.tier(), Reason.NOT_FOUND));
            }
        } catch (Throwable failure) { // whatever a loader throws belongs to its caller
            return CompletableFuture.failedFuture(failureFor(key, failure));
        }
        return Futures.then(loaded, (value, failure) -> {
            if (failure != null) {
                return CompletableFuture.failedFuture(failureFor(key, failure));
            }
            return CompletableFuture.completedFuture(
                    value == null
                            ? Answer.none(Tier.SOURCE, Reason.LOADED)
                            : Answer.of(Draft.of(value, startedNanos).unstored(), Tier.SOURCE, Reason.LOADED));
        });
    }

    /** A write of {@code key} has succeeded: what failed before says nothing of what is loaded from now on. */
    void wasWritten(K key) {
        failures.succeeded(key);
        refreshResults.ended(key);
    }

    /** What becomes of what refreshes brought. */
    RefreshResults<K, V> refreshResults() {
        return refreshResults;
    }

    private CompletableFuture<Answer<V>> join(Miss<K, V> miss, Flight<V> flight, ReadRequest<K, V> request) {
        if (flight.waitsFor(request.askedBy())) {
            return CompletableFuture.failedFuture(failureFor(
                    miss.key(),
                    new IllegalStateException(
                            "the loader asks the cache for the very key that it loads, so it waits for"
                                    + " itself: ask the source there")));
        }
        stats.joinedLoad();
        return Futures.then(flight.landing(), (landed, failure) -> {
            if (landed == null) {
                return CompletableFuture.failedFuture(failureFor(miss.key(), failure));
            }
            Entry<V> entry = landed.entry();
            if (entry != null
                    && landed.isGoodFor(miss.startedNanos(), policy.maxStalenessNanos())
                    && request.acceptsAsOf(flight.boardedAtNanos(), seams.time())) {
                refreshResults.wasRead(miss.key(), entry);
                return CompletableFuture.completedFuture(answer(landed, entry, Reason.JOINED));
            }
            return load(miss, request);
        });
    }

    /** What the one before left may be what is wanted. */
    private void beginWhenItsTurn(Boarding<K, V> boarding, ReadRequest<K, V> request) {
        Futures.onEnd(
                boarding.flight().turn(),
                (nothing, none) -> HandOver.run(seams.executor(), () -> lookAgain(boarding, request)));
    }

    private void begin(List<Boarding<K, V>> own, ReadRequest<K, V> request) {
        if (own.isEmpty() || failedByClose(own)) {
            return;
        }
        List<CompletableFuture<Claim>> claims = own.stream().map(this::claim).toList();
        Futures.onEnd(Futures.allDone(claims), (nothing, none) -> go(own, claims, request));
    }

    /** A service that is closed loads nothing more. Flights that boarded before the close have been failed by it. */
    private boolean failedByClose(List<Boarding<K, V>> own) {
        if (lifecycle.isClosed()) {
            failed(own, Lifecycle.closedException(), false);
            return true;
        }
        return false;
    }

    private CompletableFuture<Claim> claim(Boarding<K, V> boarding) {
        boarding.claimsFrom(store.sinceNow());
        if (!boarding.isStoring()) {
            return CompletableFuture.completedFuture(new Claim.Unreachable());
        }
        try {
            return store.claim(boarding.key(), boarding.wanted(policy.leaseMillis()));
        } catch (RuntimeException | Error refused) { // of a user's key function
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void go(List<Boarding<K, V>> own, List<CompletableFuture<Claim>> claims, ReadRequest<K, V> request) {
        List<Boarding<K, V>> loading = new ArrayList<>(own.size());
        for (int i = 0; i < own.size(); i++) {
            Boarding<K, V> boarding = own.get(i);
            CompletableFuture<Claim> claim = claims.get(i);
            try {
                if (claim.isCompletedExceptionally()) {
                    claim.join();
                }
                if (mayLoad(boarding, claim.join(), request)) {
                    loading.add(boarding);
                }
            } catch (RuntimeException | Error e) { // of a key of a user; nobody may be left waiting
                failed(List.of(boarding), Futures.unwrap(e), false);
            }
        }
        if (!loading.isEmpty()) {
            new LoadRun<>(loading, request, policy, this, seams, lifecycle, stats, gate).start();
        }
    }

    private boolean mayLoad(Boarding<K, V> boarding, Claim claim, ReadRequest<K, V> request) {
        if (claim instanceof Claim.Granted granted) {
            isGranted(boarding, granted);
            return true;
        }
        if (!(claim instanceof Claim.Held)) {
            stats.leaseRefused();
        }
        if (claim instanceof Claim.Held held) {
            stats.leaseHeld();
            await(boarding, held, request);
        } else if (claim instanceof Claim.Changed) {
            if (boarding.sawAChange() >= MOST_CHANGES) {
                boarding.storesNothing();
                return true;
            }
            lookAgain(boarding, request);
        } else if (claim instanceof Claim.FailedElsewhere) {
            failed(
                    List.of(boarding),
                    new IllegalStateException("a load of this key by another process failed a moment ago"),
                    false);
        } else {
            boarding.storesNothing();
            return true;
        }
        return false;
    }

    private void isGranted(Boarding<K, V> boarding, Claim.Granted granted) {
        boarding.isGranted(granted);
        if (granted.lease() != null) {
            stats.leaseGranted();
        }
    }

    /** Until the other's load has ended, or its time, or it is time to look. */
    private void await(Boarding<K, V> boarding, Claim.Held held, ReadRequest<K, V> request) {
        long pollMillis = Math.min(LAST_POLL_MILLIS, FIRST_POLL_MILLIS << Math.min(4, boarding.looksAgain()));
        CompletableFuture<@Nullable Void> woken = new CompletableFuture<>();
        CompletableFuture<?> timer =
                Timer.after(Math.min(pollMillis, held.remainingMillis() + 1), () -> woken.complete(null));
        Futures.onEnd(held.change(), (nothing, none) -> woken.complete(null));
        Futures.onEnd(woken, (nothing, none) -> {
            timer.cancel(false);
            held.stopWaiting().run();
            HandOver.run(seams.executor(), () -> lookAgain(boarding, request));
        });
    }

    /** Another load may have landed since the miss: what is there now is not loaded again. */
    private void lookAgain(Boarding<K, V> boarding, ReadRequest<K, V> request) {
        if (failedByClose(List.of(boarding))) {
            return;
        }
        long nowNanos = seams.time().nanoTime();
        CompletableFuture<Answer<V>> looked;
        try {
            looked = store.read(boarding.key(), request.needsRemaining(), ReadOptions.latest(), request.decodeOn());
        } catch (RuntimeException | Error refused) { // of a user's key function
            failed(List.of(boarding), refused, false);
            return;
        }
        Futures.onEnd(looked, (answer, failure) -> {
            try {
                if (answer == null) {
                    boarding.storesNothing();
                    begin(List.of(boarding), request);
                    return;
                }
                Entry<V> entry = answer.entry();
                if (entry != null && request.accepts(entry, seams.time())) {
                    refreshResults.wasRead(boarding.key(), entry);
                    results.land(boarding, new Landed<>(entry, nowNanos, false));
                    return;
                }
                boarding.sees(answer);
                begin(List.of(boarding), request);
            } catch (RuntimeException | Error e) { // of a clock or a key
                failed(List.of(boarding), e, false);
            }
        });
    }

    /** A load that nobody waits for. */
    private record Refresh<K, V>(Boarding<K, V> boarding, ReadRequest<K, V> request) {}

    /**
     * Begins a load of {@code key} that nobody waits for; answers false when one runs already, or there is no room for it, or
     * the last one has failed a moment ago.
     *
     * @param seen what is stored; null: it could not be asked
     */
    boolean refresh(K key, @Nullable Answer<V> seen, ReadRequest<K, V> request) {
        if (failures.barring(key, hasValue(seen), seams.time().nanoTime()) != null) {
            return false;
        }
        // it would only stand in the queue before the source, behind those whom callers wait for and before those who
        // come
        if (gate.isAwaited() || !bulkhead.enter()) {
            stats.refreshShed();
            return false;
        }
        Seat<V> seat = flights.board(key, seams.time().nanoTime());
        if (!seat.isOwner()) {
            bulkhead.leaveAfter(CompletableFuture.completedFuture(null));
            return false;
        }
        bulkhead.leaveAfter(seat.flight().landing());
        stats.refreshBegun();
        Boarding<K, V> boarding = Boarding.ofRefresh(key, seat.flight(), seen);
        Futures.onEnd(
                seat.flight().turn(),
                (nothing, none) ->
                        Futures.onEnd(claim(boarding), (claim, failure) -> beginRefresh(boarding, claim, request)));
        return true;
    }

    private static boolean hasValue(@Nullable Answer<?> seen) {
        return seen != null && (seen.entry() != null || seen.fallback() != null);
    }

    /** What another process reloads, or has reloaded, is not this one's business. */
    private void beginRefresh(Boarding<K, V> boarding, @Nullable Claim claim, ReadRequest<K, V> request) {
        if (claim instanceof Claim.Granted granted) {
            isGranted(boarding, granted);
            Refresh<K, V> refresh = new Refresh<>(boarding, request);
            if (request.loaders().many() == null) {
                refreshTogether(List.of(refresh));
            } else {
                gathering.add(refresh);
            }
            return;
        }
        if (claim instanceof Claim.Held held) {
            held.stopWaiting().run();
        }
        stats.refreshLeftToOthers();
        results.land(boarding, Landed.nothing());
    }

    private void refreshTogether(List<Refresh<K, V>> all) {
        List<Boarding<K, V>> own = all.stream().map(Refresh::boarding).toList();
        new LoadRun<>(own, all.get(0).request(), policy, this, seams, lifecycle, stats, gate).start();
    }

    @Override
    public void loaded(List<Boarding<K, V>> own, ReadRequest<K, V> request, LoadRun.Result<K, V> result) {
        for (Boarding<K, V> boarding : own) {
            failures.succeeded(boarding.key());
            try {
                results.store(boarding, request, result);
            } catch (Throwable failure) { // of the loader's map or a codec; nobody may be left waiting
                failed(List.of(boarding), failure, false);
            }
        }
    }

    @Override
    public void failed(List<Boarding<K, V>> own, Throwable failure, boolean isOfTheSource) {
        long errorMillis = isOfTheSource ? policy.errorTtlMillis() : 0;
        for (Boarding<K, V> boarding : own) {
            if (isOfTheSource) {
                failures.failed(
                        boarding.key(),
                        failure,
                        boarding.replaced() != null,
                        seams.time().nanoTime());
            }
            CompletableFuture<?> released = Claims.release(boarding.lease(), seams.random(), errorMillis);
            if (failure instanceof CacheClosedException) {
                givenBack.add(released);
            }
            flights.end(boarding.key(), boarding.flight());
            boarding.flight().landing().completeExceptionally(failure);
        }
    }

    /** Completed when the leases of loads that the close of the service broke off have been given back, or could not be. */
    CompletableFuture<?> givenBack() {
        return Futures.allDone(List.copyOf(givenBack));
    }

    private CompletableFuture<Answer<V>> wait(K key, Flight<V> flight) {
        CompletableFuture<Answer<V>> mine = new CompletableFuture<>();
        Futures.onEnd(flight.landing(), (landed, failure) -> {
            Entry<V> entry = landed == null ? null : landed.entry();
            if (landed == null || entry == null) {
                mine.completeExceptionally(failureFor(key, failure == null ? null : Futures.unwrap(failure)));
            } else {
                mine.complete(answer(landed, entry, landed.isLoaded() ? Reason.LOADED : Reason.JOINED));
            }
        });
        return mine;
    }

    /** @param reason {@link Reason#LOADED} or {@link Reason#JOINED} */
    private Answer<V> answer(Landed<V> landed, Entry<V> entry, Reason reason) {
        if (!landed.isLoaded()) {
            return Answer.of(entry, store.tier(), reason);
        }
        return entry.value() == null && policy.nullTtlMillis().isEmpty()
                ? Answer.none(Tier.SOURCE, reason)
                : Answer.of(entry, Tier.SOURCE, reason);
    }

    private static CacheException failureFor(Object key, @Nullable Throwable failure) {
        if (failure instanceof CacheClosedException) {
            return Lifecycle.closedException();
        }
        try {
            return new SourceException(key, failure == null ? new IllegalStateException("no cause") : failure);
        } catch (RuntimeException | Error unprintable) { // a key or an exception whose text cannot be had
            return new SourceException("(its text cannot be had)", unprintable);
        }
    }
}
