package io.cacheservice.micrometer;

import io.cacheservice.CacheClosedException;
import io.cacheservice.CacheStats;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of statistics that meters read: one for all meters of a reading, since a snapshot copies every histogram and a reading
 * asks for dozens of numbers. A snapshot is used again for 100 ms.
 *
 * <p>What is measured is held weakly: a registry must not keep a cache alive. When it is gone or closed, its last snapshot
 * stays. Safe for use by many threads.
 */
final class StatsSource<S, T> {
    static final long REUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    static final CacheStats NOTHING = new CacheStats(
            "",
            Map.of(),
            0,
            0,
            0,
            0,
            CacheStats.LoadStats.NONE,
            CacheStats.CompressionStats.NONE,
            0,
            0,
            0,
            0,
            Map.of(),
            0,
            0,
            0,
            0,
            Map.of(),
            Map.of(),
            0,
            List.of(),
            Map.of());

    private final WeakReference<S> measured;
    private final Function<S, T> snapshot;
    private final T nothing;
    private final LongSupplier nanoTime;
    private @Nullable T last;
    private long takenAtNanos;

    /** @param nothing what is read where there never was a snapshot */
    StatsSource(S measured, Function<S, T> snapshot, T nothing, LongSupplier nanoTime) {
        this.measured = new WeakReference<>(measured);
        this.snapshot = snapshot;
        this.nothing = nothing;
        this.nanoTime = nanoTime;
    }

    synchronized T stats() {
        long now = nanoTime.getAsLong();
        T present = last;
        if (present != null && now - takenAtNanos < REUSE_NANOS) {
            return present;
        }
        T taken = take(present == null ? nothing : present);
        last = taken;
        takenAtNanos = now;
        return taken;
    }

    private T take(T otherwise) {
        S object = measured.get();
        if (object == null) {
            return otherwise;
        }
        try {
            return snapshot.apply(object);
        } catch (CacheClosedException e) {
            // The end of what is measured is not an error of the one who reads its meters.
            return otherwise;
        }
    }
}
