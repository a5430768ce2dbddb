package io.cacheservice.internal.engine;

import io.cacheservice.internal.compress.Trained;
import io.cacheservice.internal.compress.ValueCompressor;
import io.cacheservice.internal.engine.DictionaryShelf.Label;
import io.cacheservice.internal.futures.Futures;
import io.cacheservice.internal.stats.StatsRecorder;
import io.cacheservice.spi.Lease;
import io.cacheservice.spi.LeaseAnswer;
import io.cacheservice.spi.RemoteTier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the dictionaries of one cache: has one trained when there are enough values, by one process of the fleet at a time;
 * takes up what others have trained; keeps in Redis what entries may need, and puts it back there where it went; fetches what an
 * entry needs that this process has never seen.
 *
 * <p>Everything here is done in the background and may fail: then values are compressed without a dictionary. Only a read that
 * needs a dictionary waits for it, for one answer of Redis. Safe for use by many threads.
 */
final class Dictionaries implements ValueCompressor.Needs {
    private static final System.Logger LOG = System.getLogger(Dictionaries.class.getName());

    /** How often it is looked at what others have done, while the cache is used. */
    private static final long LOOK_MILLIS = 30_000;

    /** How long training may take that others wait for. */
    private static final long LEASE_MILLIS = 60_000;
    /** When somebody else trains, the result is there soon. */
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    /** A dictionary outlives the entries that it was seen with by as much again, and this at least. */
    private static final long SHORTEST_LIFE_MILLIS = TimeUnit.HOURS.toMillis(1);

    private static final long FIRST_REST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long LONGEST_REST_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final int MOST_FETCHES = 16;

    private final DictionaryShelf shelf;
    private final ValueCompressor compressor;
    private final StatsRecorder stats;
    private final Seams seams;
    private final Lifecycle lifecycle;
    private final Bulkhead trainings;
    private final ConcurrentHashMap<Integer, CompletableFuture<?>> fetches = new ConcurrentHashMap<>();
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private final AtomicBoolean isLeading = new AtomicBoolean();
    private final AtomicBoolean isKeeping = new AtomicBoolean();
    private volatile boolean isUsed;
    private volatile long restUntilNanos;
    private long restNanos = FIRST_REST_NANOS;

    /** @param trainings how many may run at once in this process */
    Dictionaries(
            DictionaryShelf shelf,
            ValueCompressor compressor,
            StatsRecorder stats,
            Seams seams,
            Lifecycle lifecycle,
            Bulkhead trainings) {
        this.shelf = shelf;
        this.compressor = compressor;
        this.stats = stats;
        this.seams = seams;
        this.lifecycle = lifecycle;
        this.trainings = trainings;
        this.restUntilNanos = seams.time().nanoTime();
        compressor.onNeed(this);
    }

    @Override
    public void used() {
        if (!isUsed) {
            isUsed = true;
        }
        if (!isLooking.get() && compressor.wantsDictionaries() && isLooking.compareAndSet(false, true)) {
            HandOver.run(seams.executor(), this::lookAndGoOn);
        }
    }

    /** Looks now and from time to time, until nobody uses the cache any more. */
    private void lookAndGoOn() {
        if (lifecycle.isClosed()) {
            return;
        }
        isUsed = false;
        Futures.onEnd(
                look(),
                (nothing, failure) -> Timer.later(LOOK_MILLIS, () -> {
                    if (isUsed) {
                        HandOver.run(seams.executor(), this::lookAndGoOn);
                    } else {
                        isLooking.set(false);
                    }
                }));
    }

    /** Takes up what others have done; completed when everything that follows from it is done. */
    CompletableFuture<@Nullable Void> look() {
        return done(Futures.then(shelf.label(), (label, failure) -> {
            if (label instanceof Label.Names names) {
                return Futures.then(takenUp(names), (nothing, none) -> kept());
            }
            return label instanceof Label.Missing && compressor.present().isPresent()
                    ? Futures.then(lead(label), (nothing, none) -> kept())
                    : kept();
        }));
    }

    private CompletableFuture<@Nullable Void> takenUp(Label.Names names) {
        return Futures.map(fetch(names.dictionary()), nothing -> {
            compressor.writeWith(names.dictionary(), names.ratio());
            return null;
        });
    }

    /** What this process has used since it did this last stays in Redis; new samples are taken where they are needed. */
    private CompletableFuture<@Nullable Void> kept() {
        if (!isResting()) {
            compressor.resampleIfDecayed();
        }
        List<CompletableFuture<?>> keeping = new ArrayList<>();
        for (Trained used : compressor.usedSince()) {
            keeping.add(keep(used));
        }
        return done(Futures.allDone(keeping));
    }

    private CompletableFuture<Boolean> keep(Trained trained) {
        long longest = compressor.longestMillis();
        long millis = longest == ValueCompressor.KEPT_FOR_EVER
                ? RemoteTier.FOR_EVER
                : Math.max(SHORTEST_LIFE_MILLIS, 2 * longest);
        long sentNanos = seams.time().nanoTime();
        return Futures.map(attempt(() -> shelf.keep(trained, millis)), isKept -> {
            compressor.keptUntil(
                    trained.number(),
                    millis == RemoteTier.FOR_EVER ? Long.MAX_VALUE : sentNanos + TimeUnit.MILLISECONDS.toNanos(millis));
            return isKept;
        });
    }

    @Override
    public void longerLife() {
        if (isKeeping.compareAndSet(false, true)) {
            HandOver.run(seams.executor(), () -> {
                CompletableFuture<?> keeping = compressor
                        .present()
                        .<CompletableFuture<?>>map(this::keep)
                        .orElse(CompletableFuture.completedFuture(null));
                Futures.onEnd(
                        keeping,
                        (nothing, failure) ->
                                Timer.later(failure == null ? 0 : LOOK_AGAIN_MILLIS, () -> isKeeping.set(false)));
            });
        }
    }

    @Override
    public void enoughSamples() {
        if (!isResting() && !isLeading.get() && !lifecycle.isClosed()) {
            restUntilNanos = seams.time().nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS);
            HandOver.run(seams.executor(), this::lookAndLead);
        }
    }

    private void lookAndLead() {
        CompletableFuture<@Nullable Void> led = Futures.then(shelf.label(), (label, failure) -> {
            if (label instanceof Label.Names names && !isPresent(names.dictionary())) {
                return takenUpOrReplaced(names);
            }
            return label == null || label instanceof Label.Leased ? done(null) : lead(label);
        });
        Futures.onEnd(led, (nothing, failure) -> {
            // what failed is tried again with the next value
        });
    }

    /** Where what is in use is gone, and nobody has put it back, another one takes its place. */
    private CompletableFuture<@Nullable Void> takenUpOrReplaced(Label.Names names) {
        return Futures.then(
                takenUp(names), (nothing, failure) -> compressor.isGone(names.dictionary()) ? lead(names) : done(null));
    }

    private boolean isPresent(int dictionary) {
        return compressor
                .present()
                .filter(present -> present.number() == dictionary)
                .isPresent();
    }

    private boolean isResting() {
        return restUntilNanos - seams.time().nanoTime() > 0;
    }

    /** Says which dictionary is in use in the place of {@code label}, if nobody else is about to. */
    private CompletableFuture<@Nullable Void> lead(Label label) {
        if (!isLeading.compareAndSet(false, true)) {
            return done(null);
        }
        Lease lease = shelf.lease(label, LEASE_MILLIS);
        CompletableFuture<@Nullable Void> led = Futures.then(
                lease.take(),
                (answer, failure) -> answer == null || answer.state() != LeaseAnswer.State.GRANTED
                        ? done(null)
                        : publish(lease, label));
        Futures.onEnd(led, (nothing, failure) -> isLeading.set(false));
        return led;
    }

    private CompletableFuture<@Nullable Void> publish(Lease lease, Label label) {
        Trained present = compressor.present().orElse(null);
        if (label instanceof Label.Missing && present != null) {
            return publish(lease, new ValueCompressor.Candidate(present, compressor.presentRatio()));
        }
        if (!trainings.enter()) {
            return lease.release(null, 0);
        }
        return Futures.then(training(), (candidate, failure) -> {
            if (candidate == null) {
                rest();
                return lease.release(null, 0);
            }
            return Futures.map(publish(lease, candidate), nothing -> {
                if (isPresent(candidate.trained().number())) {
                    stats.dictionaryTrained();
                } else if (compressor.present().isEmpty()) {
                    compressor.resample();
                }
                return null;
            });
        });
    }

    /** First the dictionary, then its name: nobody uses it before all can have it. */
    private CompletableFuture<@Nullable Void> publish(Lease lease, ValueCompressor.Candidate candidate) {
        Trained trained = candidate.trained();
        if (!compressor.hold(trained)) {
            return lease.release(null, 0);
        }
        return Futures.then(keep(trained), (isKept, failure) -> {
            if (isKept == null) {
                return lease.release(null, 0);
            }
            return Futures.then(attempt(() -> shelf.name(lease, trained, candidate.ratio())), (isNamed, lost) -> {
                if (isNamed == null || !isNamed) {
                    return look();
                }
                compressor.writeWith(trained.number(), candidate.ratio());
                restUntilNanos = seams.time().nanoTime() + FIRST_REST_NANOS;
                return done(keep(trained));
            });
        });
    }

    /** On a thread of its own that gives way to all others, since native code cannot be asked to. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it
    private CompletableFuture<ValueCompressor.@Nullable Candidate> training() {
        List<byte[]> samples = compressor.takeSamples();
        CompletableFuture<ValueCompressor.@Nullable Candidate> trained = new CompletableFuture<>();
        trainings.leaveAfter(trained);
        Thread thread = new Thread(
                () -> {
                    long began = seams.time().nanoTime();
                    try {
                        ValueCompressor.Candidate candidate =
                                compressor.trained(samples).orElse(null);
                        stats.trainingNanos(seams.time().nanoTime() - began);
                        trained.complete(candidate);
                    } catch (RuntimeException | Error e) { // nobody may be left waiting
                        LOG.log(System.Logger.Level.WARNING, "no dictionary could be trained: " + e);
                        trained.complete(null);
                    }
                },
                "cache-service-dictionary");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        return trained;
    }

    /** These values give no dictionary: others may, later and later. */
    private synchronized void rest() {
        restUntilNanos = seams.time().nanoTime() + restNanos;
        restNanos = Math.min(LONGEST_REST_NANOS, 2 * restNanos);
        compressor.resample();
    }

    /** Has the dictionary with this number held by this process, if Redis has it; asked for once by all who need it. */
    CompletableFuture<?> fetch(int number) {
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        if (compressor.holds(number) || fetches.size() >= MOST_FETCHES) {
            mine.complete(null);
            return mine;
        }
        CompletableFuture<?> running = fetches.putIfAbsent(number, mine);
        if (running != null) {
            return running;
        }
        Futures.onEnd(
                shelf.fetch(number),
                (trained, failure) -> HandOver.run(seams.executor(), () -> {
                    try {
                        if (failure == null && (trained == null || !compressor.hold(trained))) {
                            compressor.isNotThere(number);
                        }
                    } finally {
                        fetches.remove(number);
                        mine.complete(null);
                    }
                }));
        return mine;
    }

    private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletableFuture<@Nullable Void> done(@Nullable CompletableFuture<?> what) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        if (what == null) {
            done.complete(null);
        } else {
            Futures.onEnd(what, (nothing, failure) -> done.complete(null));
        }
        return done;
    }
}
