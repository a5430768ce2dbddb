package io.cacheservice.internal.engine;

import io.cacheservice.CacheException;
import io.cacheservice.internal.local.Entry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loads that run in this process, at most one per key, and the writes that bar them.
 *
 * <p>Two rules keep a slow load from undoing a write (P1, P3). A write, removal or invalidation ends the flight of its key:
 * who asks later starts a new one, and the old result is given to those who waited but not installed. And while a write is
 * under way, no load of its key installs anything, for its answer may be older than what is being written. Installing runs
 * inside the map's own step for the key, so no write can begin between the check and the installation.
 */
final class Flights<K, V> {
    private static final int STRIPES = 1024;

    private final ConcurrentHashMap<K, Slot<V>> slots = new ConcurrentHashMap<>();
    private final AtomicIntegerArray installations = new AtomicIntegerArray(STRIPES);

    /** One load. */
    static final class Flight<V> {
        private final CompletableFuture<Entry<V>> landing = new CompletableFuture<>();
        private final long boardedAtNanos;
        private volatile @Nullable LoaderCall call;

        Flight(long boardedAtNanos) {
            this.boardedAtNanos = boardedAtNanos;
        }

        /** When it was asked for: its result is not older than this. */
        long boardedAtNanos() {
            return boardedAtNanos;
        }

        /** {@code call} runs it from now on. */
        void runsIn(LoaderCall call) {
            this.call = call;
        }

        /** Whether it cannot end before {@code asking}, the call of a loader that now asks for its result. */
        boolean waitsFor(@Nullable LoaderCall asking) {
            LoaderCall running = call;
            return running != null && asking != null && asking.isInside(running);
        }

        /** Completed with the loaded entry, or with what the loader threw. Shared: hand out dependents only. */
        CompletableFuture<Entry<V>> landing() {
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

    private record Slot<V>(@Nullable Flight<V> flight, int writers) {
        @Nullable
        Slot<V> orNothing() {
            return flight == null && writers == 0 ? null : this;
        }
    }

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

    /** Joins the load of {@code key} that runs, or begins one. */
    Seat<V> board(K key, long nowNanos) {
        Flight<V> mine = new Flight<>(nowNanos);
        Slot<V> now = slots.compute(
                key,
                (k, slot) -> slot == null
                        ? new Slot<>(mine, 0)
                        : slot.flight() == null ? new Slot<>(mine, slot.writers()) : slot);
        Flight<V> flight = now.flight();
        if (flight == null) {
            throw new IllegalStateException("a slot just boarded has a flight");
        }
        return new Seat<>(flight, flight == mine);
    }

    /**
     * Installs the result of {@code flight}, unless a write came between. Where it was installed, the flight goes on until it
     * is {@link #abandon abandoned}, once that is done: who asks meanwhile must not load what is about to be there.
     *
     * @param install begins the installation and returns at once
     * @return what {@code install} returned; null when it was not called
     */
    <R> @Nullable R land(K key, Flight<V> flight, Supplier<R> install) {
        Installation<R> installation = new Installation<>();
        slots.computeIfPresent(key, (k, slot) -> {
            if (slot.flight() != flight) {
                return slot;
            }
            if (slot.writers() == 0) {
                installation.begin(install);
                installations.incrementAndGet(stripe(key));
                return slot;
            }
            return new Slot<V>(null, slot.writers()).orNothing();
        });
        return installation.result();
    }

    /** Ends {@code flight}, which has nothing to install, or nothing any more. */
    void abandon(K key, Flight<V> flight) {
        slots.computeIfPresent(
                key, (k, slot) -> slot.flight() == flight ? new Slot<V>(null, slot.writers()).orNothing() : slot);
    }

    /** A write of {@code key} begins: ends its flight and bars installations until {@link #writeEnded}. */
    void writeBegins(K key) {
        slots.compute(key, (k, slot) -> new Slot<>(null, slot == null ? 1 : slot.writers() + 1));
    }

    /** A write of {@code key} has ended; must be called before its caller is answered. */
    void writeEnded(K key) {
        slots.computeIfPresent(key, (k, slot) -> new Slot<V>(null, slot.writers() - 1).orNothing());
    }

    /** Fails every flight, because the service closes. */
    void failAll(Supplier<CacheException> reason) {
        slots.forEach((key, slot) -> {
            Flight<V> flight = slot.flight();
            if (flight != null) {
                flight.landing().completeExceptionally(reason.get());
            }
        });
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
}
