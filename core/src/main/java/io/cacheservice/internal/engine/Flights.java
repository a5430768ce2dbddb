package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.internal.local.Entry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loads of this process, at most one that runs and one that waits per key, and the writes that bar them.
 *
 * <p>Two rules keep a slow load from undoing a write (P1, P3). A write, removal or invalidation bars the flight of its key:
 * its result is given to those who waited but not installed, and who asks later shares the next one, which begins when this
 * one has ended. And while a write is under way, no load of its key installs anything, for its answer may be older than what
 * is being written. Installing runs inside the map's own step for the key, so no write can begin between the check and the
 * installation.
 */
final class Flights<K, V> {
    private static final int STRIPES = 1024;

    private final ConcurrentHashMap<K, Slot<V>> slots = new ConcurrentHashMap<>();
    private final AtomicIntegerArray installations = new AtomicIntegerArray(STRIPES);

    /**
     * What a flight brought.
     *
     * @param entry null: nothing came of it, those who waited must ask again
     * @param goodAtNanos the last moment at which it is known to have been the newest
     * @param isLoaded whether the source was asked by this flight
     */
    record Landed<V>(@Nullable Entry<V> entry, long goodAtNanos, boolean isLoaded) {
        static <V> Landed<V> nothing() {
            return new Landed<>(null, 0, false);
        }

        /** Whether a caller who began at {@code startedNanos} may be given it, when answers may be so much older than he. */
        boolean isGoodFor(long startedNanos, long maxStalenessNanos) {
            return startedNanos - goodAtNanos <= maxStalenessNanos;
        }
    }

    /** One load. */
    static final class Flight<V> {
        private final CompletableFuture<Landed<V>> landing = new CompletableFuture<>();
        private final CompletableFuture<@Nullable Void> turn = new CompletableFuture<>();
        private final long boardedAtNanos;
        private volatile @Nullable Flight<V> before;
        private volatile @Nullable LoaderCall call;

        Flight(long boardedAtNanos) {
            this.boardedAtNanos = boardedAtNanos;
        }

        /** When it was asked for: what it loads is not older than this. */
        long boardedAtNanos() {
            return boardedAtNanos;
        }

        /** Completed when the one before has ended; its owner must not begin earlier. */
        CompletableFuture<@Nullable Void> turn() {
            return turn;
        }

        /** {@code call} runs it from now on. */
        void runsIn(LoaderCall call) {
            this.call = call;
        }

        /** Whether it cannot end before {@code asking}, the call of a loader that now asks for its result. */
        boolean waitsFor(@Nullable LoaderCall asking) {
            if (asking == null) {
                return false;
            }
            LoaderCall running = call;
            Flight<V> first = before;
            return (running != null && asking.isInside(running)) || (first != null && first.waitsFor(asking));
        }

        /** Completed with what was loaded, or with what the loader threw. Shared: hand out dependents only. */
        CompletableFuture<Landed<V>> landing() {
            return landing;
        }
    }

    /**
     * A place in a flight.
     *
     * @param flight the load
     * @param isOwner whether the caller must run it
     */
    record Seat<V>(Flight<V> flight, boolean isOwner) {}

    /**
     * What goes on under one key.
     *
     * @param running the load that may run
     * @param isBarred whether a write has begun since it boarded
     * @param next the load that begins when it has ended
     * @param writers writes under way
     * @param begun writes that began since there last was none
     */
    private record Slot<V>(
            @Nullable Flight<V> running,
            boolean isBarred,
            @Nullable Flight<V> next,
            int writers,
            int begun) {
        Slot(@Nullable Flight<V> running, boolean isBarred, @Nullable Flight<V> next, Slot<V> before) {
            this(running, isBarred, next, before.writers, before.begun);
        }

        @Nullable
        Slot<V> orNothing() {
            return running == null && writers == 0 ? null : this;
        }
    }

    /**
     * One write of a key.
     *
     * @param number of the writes that began since there last was none
     * @param isFirst whether no other was under way when it began
     */
    record WriteTicket(int number, boolean isFirst) {}

    /**
     * Counts installations under {@code key} and the keys that share its stripe. Who took the count, then read the store and
     * found nothing, and then begins a load while the count has changed, must read once more: a load may have landed in
     * between, and the store may hold by now what would be loaded a second time.
     */
    int installations(K key) {
        return installations.get(stripe(key));
    }

    private int stripe(K key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & (STRIPES - 1);
    }

    /** Joins the load of {@code key} that a caller of now may share, or begins one. */
    Seat<V> board(K key, long nowNanos) {
        Flight<V> mine = new Flight<>(nowNanos);
        Slot<V> now = slots.compute(key, (k, slot) -> boarded(slot, mine));
        Flight<V> running = now.running();
        if (running == null) {
            throw new IllegalStateException("a slot just boarded has a flight");
        }
        if (running == mine) {
            mine.turn.complete(null);
        }
        Flight<V> next = now.next();
        Flight<V> shared = now.isBarred() && running != mine && next != null ? next : running;
        return new Seat<>(shared, shared == mine);
    }

    private static <V> Slot<V> boarded(@Nullable Slot<V> slot, Flight<V> mine) {
        if (slot == null) {
            return new Slot<>(mine, false, null, 0, 0);
        }
        if (slot.running() == null) {
            return new Slot<>(mine, false, null, slot);
        }
        if (!slot.isBarred() || slot.next() != null) {
            return slot;
        }
        mine.before = slot.running();
        return new Slot<>(slot.running(), true, mine, slot);
    }

    /**
     * Installs the result of {@code flight}, unless a write came between. The flight goes on until it is {@link #end ended}:
     * who asks meanwhile must not load what is about to be there.
     *
     * @param install begins the installation and returns at once
     * @return what {@code install} returned; null when it was not called
     */
    <R> @Nullable R land(K key, Flight<V> flight, Supplier<R> install) {
        Installation<R> installation = new Installation<>();
        slots.computeIfPresent(key, (k, slot) -> {
            if (slot.running() == flight && !slot.isBarred() && slot.writers() == 0) {
                installation.begin(install);
                installations.incrementAndGet(stripe(key));
            }
            return slot;
        });
        return installation.result();
    }

    /** Ends {@code flight}: the one that waits for it has its turn. Called once its result is where it is to be. */
    void end(K key, Flight<V> flight) {
        Promotion<V> promotion = new Promotion<>();
        slots.computeIfPresent(key, (k, slot) -> {
            if (slot.running() != flight) {
                return slot;
            }
            promotion.next = slot.next();
            return new Slot<>(slot.next(), false, null, slot).orNothing();
        });
        Flight<V> next = promotion.next;
        if (next != null) {
            next.before = null;
            next.turn.complete(null);
        }
    }

    /** A write of {@code key} begins: bars its flight, and installations until {@link #writeEnded}. */
    WriteTicket writeBegins(K key) {
        Slot<V> now = slots.compute(
                key,
                (k, slot) -> slot == null
                        ? new Slot<>(null, false, null, 1, 1)
                        : new Slot<>(
                                slot.running(),
                                slot.running() != null,
                                slot.next(),
                                slot.writers() + 1,
                                slot.writers() == 0 ? 1 : slot.begun() + 1));
        return new WriteTicket(now.begun(), now.writers() == 1);
    }

    /**
     * Runs {@code install}, which returns at once, unless another write was under way at any time since the one of {@code
     * ticket} began: nobody knows which of them came last.
     *
     * @return what it returned; null when it was not called
     */
    <R> @Nullable R ifAlone(K key, WriteTicket ticket, Supplier<R> install) {
        Installation<R> installation = new Installation<>();
        slots.computeIfPresent(key, (k, slot) -> {
            if (ticket.isFirst() && slot.begun() == ticket.number()) {
                installation.begin(install);
            }
            return slot;
        });
        return installation.result();
    }

    /** A write of {@code key} has ended; must be called before its caller is answered. */
    void writeEnded(K key) {
        slots.computeIfPresent(
                key,
                (k, slot) -> new Slot<>(
                                slot.running(), slot.running() != null, slot.next(), slot.writers() - 1, slot.begun())
                        .orNothing());
    }

    /** Something was invalidated that any load may be about: no flight that runs is joined or installed any more. */
    void barAll() {
        barEach(key -> true);
    }

    /** The same for the loads of those keys that {@code concerned} names. */
    void barEach(Predicate<? super K> concerned) {
        slots.forEach((key, seen) -> {
            if (concerned.test(key)) {
                bar(key);
            }
        });
    }

    private void bar(K key) {
        slots.computeIfPresent(
                key, (k, slot) -> slot.running() == null ? slot : new Slot<>(slot.running(), true, slot.next(), slot));
    }

    /** Fails every flight, because the service closes. */
    void failAll(Supplier<CacheException> reason) {
        slots.forEach((key, slot) -> {
            fail(slot.running(), reason);
            fail(slot.next(), reason);
        });
    }

    private static void fail(@Nullable Flight<?> flight, Supplier<CacheException> reason) {
        if (flight != null) {
            flight.landing().completeExceptionally(reason.get());
        }
    }

    /** How many keys have a load or a write under way. */
    int size() {
        return slots.size();
    }

    private static final class Installation<R> {
        private @Nullable R result;

        void begin(Supplier<R> install) {
            result = install.get();
        }

        @Nullable
        R result() {
            return result;
        }
    }

    private static final class Promotion<V> {
        private @Nullable Flight<V> next;
    }
}
