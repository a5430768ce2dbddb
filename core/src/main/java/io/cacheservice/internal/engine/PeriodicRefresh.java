package io.cacheservice.internal.engine;

import io.cacheservice.CacheConfig;
import io.cacheservice.TimeSource;
import io.cacheservice.internal.local.Entry;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reloads from time to time what was read lately and is near its end ({@code refreshInterval}, {@code ttlThreshold}, {@code
 * refreshProb}): at each tick, those keys that were read since the last one and of whose life less than the threshold
 * remains, each with the given probability.
 *
 * <p>Safe for use by many threads. A read notes its key only when the entry can be that near at the next tick.
 */
final class PeriodicRefresh implements AutoCloseable {
    /** Keys noted between two ticks; what is read beyond that is left to the next tick. */
    private static final int MOST_KEYS = 100_000;

    private final long intervalNanos;
    private final long thresholdNanos;
    private final double probability;
    private final TimeSource time;
    private final RandomGenerator random;
    private final List<Watched<?, ?>> watched = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService ticker;

    /** Null where {@code refreshInterval} is 0. */
    static @Nullable PeriodicRefresh of(CacheConfig config, Seams seams) {
        return config.refreshInterval().isZero() ? null : new PeriodicRefresh(config, seams);
    }

    private PeriodicRefresh(CacheConfig config, Seams seams) {
        this.intervalNanos = TimeUnit.NANOSECONDS.convert(config.refreshInterval());
        this.thresholdNanos = TimeUnit.NANOSECONDS.convert(config.ttlThreshold());
        this.probability = config.refreshProb();
        this.time = seams.time();
        this.random = seams.random();
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "cache-service-refresh");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to tick. */
    void start() {
        Future<?> ticks = ticker.scheduleWithFixedDelay(this::tick, intervalNanos, intervalNanos, TimeUnit.NANOSECONDS);
        if (ticks.isCancelled()) {
            throw new IllegalStateException("the ticker was closed before it began");
        }
    }

    /** What begins the reload of a key. */
    @FunctionalInterface
    interface Reload<K, V> {
        void begin(K key, Entry<V> entry);
    }

    /** The keys of one cache, from now on. */
    <K, V> Watched<K, V> watch(Reload<K, V> reload) {
        Watched<K, V> keys = new Watched<>(this, reload);
        watched.add(keys);
        return keys;
    }

    void tick() {
        watched.forEach(Watched::tick);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    /** The keys of one cache that were read since the last tick. */
    static final class Watched<K, V> {
        private final PeriodicRefresh owner;
        private final Reload<K, V> reload;
        private final ConcurrentHashMap<K, Entry<V>> read = new ConcurrentHashMap<>();

        private Watched(PeriodicRefresh owner, Reload<K, V> reload) {
            this.owner = owner;
            this.reload = reload;
        }

        /** {@code key} was read, and {@code entry} was there. */
        void wasRead(K key, Entry<V> entry) {
            long remaining = entry.remainingNanos(owner.time.nanoTime());
            if (remaining - owner.intervalNanos < owner.thresholdNanos && read.size() < MOST_KEYS) {
                read.put(key, entry);
            }
        }

        private void tick() {
            Iterator<Map.Entry<K, Entry<V>>> each = read.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<K, Entry<V>> noted = each.next();
                each.remove();
                if (noted.getValue().remainingNanos(owner.time.nanoTime()) < owner.thresholdNanos
                        && owner.random.nextDouble() < owner.probability) {
                    reload.begin(noted.getKey(), noted.getValue());
                }
            }
        }
    }
}
