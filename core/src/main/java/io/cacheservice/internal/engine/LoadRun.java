package io.cacheservice.internal.engine;

import io.cacheservice.CacheClosedException;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.stats.StatsRecorder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of a loader, for one key or, of a bulk loader, for several. It ends exactly once: with the loader's answer, its
 * failure, or when its time is up or its service closes; then the thread that still runs it is interrupted, and whatever it brings is dropped.
 */
final class LoadRun<K, V> implements Runnable {
    private final List<Boarding<K, V>> own;
    private final ReadRequest<K, V> request;
    private final LoadPolicy policy;
    private final Ending<K, V> ending;
    private final Seams seams;
    private final Lifecycle lifecycle;
    private final StatsRecorder stats;
    private final SourceGate gate;
    private final Map<K, Loading<V>> contexts = new LinkedHashMap<>();
    private final Object monitor = new Object();
    private @Nullable Thread runner;
    private boolean interrupted;
    private boolean over;
    private boolean hasPlace;
    private CompletableFuture<@Nullable Void> deadline = new CompletableFuture<>();

    /** Told how it ended, once. */
    interface Ending<K, V> {
        /** The source answered. */
        void loaded(List<Boarding<K, V>> own, ReadRequest<K, V> request, Result<K, V> result);

        /**
         * There is no answer.
         *
         * @param isOfTheSource whether the source was asked, and it is the one that failed
         */
        void failed(List<Boarding<K, V>> own, Throwable failure, boolean isOfTheSource);
    }

    /**
     * What the source answered.
     *
     * @param values without the keys that have none
     * @param contexts what the loader decided for each key
     * @param startedNanos when it was asked
     * @param loadNanos how long it took
     */
    record Result<K, V>(Map<K, V> values, Map<K, Loading<V>> contexts, long startedNanos, long loadNanos) {}

    LoadRun(
            List<Boarding<K, V>> own,
            ReadRequest<K, V> request,
            LoadPolicy policy,
            Ending<K, V> ending,
            Seams seams,
            Lifecycle lifecycle,
            StatsRecorder stats,
            SourceGate gate) {
        this.own = own;
        this.request = request;
        this.policy = policy;
        this.ending = ending;
        this.seams = seams;
        this.lifecycle = lifecycle;
        this.stats = stats;
        this.gate = gate;
    }

    /** Its time begins now: waiting for its turn and for a thread is part of it. */
    void start() {
        long deadlineNanos = seams.time().nanoTime() + TimeUnit.MILLISECONDS.toNanos(policy.loadTimeoutMillis());
        own.forEach(each -> contexts.put(each.key(), new Loading<>(each.replaced(), seams.time(), deadlineNanos)));
        deadline = Timer.after(policy.loadTimeoutMillis(), this::timeIsUp);
        Futures.onEnd(own.get(0).flight().landing(), (landed, failure) -> {
            if (failure instanceof CacheClosedException) {
                serviceCloses();
            }
        });
        if (request.askedBy() != null) {
            // a loader that waited here for what it asks of another cache would keep its own place meanwhile
            execute();
            return;
        }
        if (!gate.enter(this::takePlaceAndExecute)) {
            stats.loadShed();
            if (end()) {
                ending.failed(own, tooMany(), false);
            }
        }
    }

    private RejectedExecutionException tooMany() {
        return new RejectedExecutionException("refused: " + gate.places()
                + " loads of this cache run, and too many wait: the source is too slow for what is asked of it. Raise"
                + " maxLoads if it can bear more");
    }

    /** Answers whether it keeps the place that is free. */
    private boolean takePlaceAndExecute() {
        synchronized (monitor) {
            if (over) {
                return false;
            }
            hasPlace = true;
        }
        execute();
        return true;
    }

    private void givePlaceBack() {
        boolean had;
        synchronized (monitor) {
            had = hasPlace;
            hasPlace = false;
        }
        if (had) {
            gate.leave();
        }
    }

    private void execute() {
        try {
            request.loadOn().execute(this);
        } catch (RuntimeException | Error full) { // of whatever executor this is
            if (end()) {
                ending.failed(own, lifecycle.isClosed() ? Lifecycle.closedException() : noThread(full), false);
            }
        }
    }

    private static RejectedExecutionException noThread(Throwable full) {
        return new RejectedExecutionException(
                "no thread is free for the load: too many loads run at once."
                        + " Give CacheService.builder().executor(..) more threads, or load less",
                full);
    }

    @Override
    public void run() {
        if (lifecycle.isClosed()) {
            if (end()) {
                ending.failed(own, Lifecycle.closedException(), false);
            }
            return;
        }
        if (!enter()) {
            return;
        }
        long startedNanos = seams.time().nanoTime();
        CompletableFuture<Map<K, V>> asked;
        LoaderCall call = LoaderCall.enter();
        try {
            own.forEach(each -> each.flight().runsIn(call));
            asked = ask().toCompletableFuture();
        } catch (Throwable failure) { // whatever a loader throws belongs to its waiters
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            asked = CompletableFuture.failedFuture(Futures.printable(failure));
        } finally {
            call.leave();
            leave();
        }
        follow(asked, startedNanos);
    }

    private void follow(CompletableFuture<Map<K, V>> asked, long startedNanos) {
        if (asked.isDone()) {
            Futures.onEnd(asked, (values, failure) -> ended(values, failure, startedNanos));
        } else {
            Futures.onEnd(
                    asked,
                    (values, failure) -> HandOver.run(request.loadOn(), () -> ended(values, failure, startedNanos)));
        }
    }

    private CompletionStage<Map<K, V>> ask() throws Exception {
        Loaders<K, V> loaders = request.loaders();
        Loaders.One<K, V> one = loaders.one();
        Loaders.Many<K, V> many = loaders.many();
        if (own.size() == 1 && one != null) {
            K key = own.get(0).key();
            Loading<V> context = Objects.requireNonNull(contexts.get(key), "context");
            return one.load(key, context)
                    .thenApply(value -> value == null ? Map.<K, V>of() : Collections.singletonMap(key, value));
        }
        if (many == null) {
            throw new IllegalStateException("a load was begun without a loader");
        }
        Set<K> keys = new LinkedHashSet<>();
        own.forEach(each -> keys.add(each.key()));
        return many.loadAll(Collections.unmodifiableSet(keys));
    }

    private void ended(@Nullable Map<K, V> values, @Nullable Throwable failure, long startedNanos) {
        long loadNanos = seams.time().nanoTime() - startedNanos;
        if (!end()) {
            stats.loadCameTooLate();
            return;
        }
        if (failure != null) {
            stats.loadFailed(loadNanos);
            ending.failed(own, Futures.printable(Futures.unwrap(failure)), true);
        } else if (values == null) {
            stats.loadFailed(loadNanos);
            ending.failed(
                    own,
                    new NullPointerException(
                            "the bulk loader answered null: it must answer a map, without the keys that"
                                    + " have no value"),
                    true);
        } else {
            stats.loadSucceeded(loadNanos);
            ending.loaded(own, request, new Result<>(values, contexts, startedNanos, loadNanos));
        }
    }

    /** Other processes need not wait until the time of its leases is up. */
    private void serviceCloses() {
        if (breakOff()) {
            deadline.complete(null);
            ending.failed(own, Lifecycle.closedException(), false);
        }
    }

    private void timeIsUp() {
        if (!breakOff()) {
            return;
        }
        stats.loadFailed(TimeUnit.MILLISECONDS.toNanos(policy.loadTimeoutMillis()));
        ending.failed(
                own,
                new TimeoutException("no answer within loadTimeout, " + policy.loadTimeoutMillis()
                        + " ms: make the source faster, or raise loadTimeout of the cache"),
                true);
    }

    private boolean enter() {
        synchronized (monitor) {
            if (!over) {
                runner = Thread.currentThread();
            }
            return !over;
        }
    }

    private void leave() {
        synchronized (monitor) {
            runner = null;
            if (interrupted) {
                Thread.interrupted(); // it was for the loader
            }
        }
    }

    /** Ends it though the loader may still run; answers whether this is its end. */
    private boolean breakOff() {
        synchronized (monitor) {
            if (over) {
                return false;
            }
            over = true;
            if (runner != null) {
                interrupted = true;
                runner.interrupt();
            }
        }
        givePlaceBack();
        return true;
    }

    /** Whether this is its end. */
    private boolean end() {
        synchronized (monitor) {
            if (over) {
                return false;
            }
            over = true;
        }
        deadline.complete(null);
        givePlaceBack();
        return true;
    }
}
