package io.cacheservice.internal.engine;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/**
 * Measures the heap after each collection: the part of it in which objects grow old, since what has just been made is mostly
 * garbage by the next time.
 *
 * <p>G1 clears that part while the program runs, and so keeps it near what is alive: its use counts as it is. Serial and Parallel
 * let it fill with garbage and clear it when it is full: what counts is what was left then. Of ZGC and Shenandoah, which have but
 * one part for all, neither says what is alive: they are not measured.
 */
final class HeapGauge {
    private static final String OF_G1 = "G1 Old Gen";
    /** What collects when nothing else helps; what is given back is gone then. */
    private static final String ALL_OF_G1 = "G1 Old Generation";

    private static final Set<String> MEASURED = Set.of(OF_G1, "Tenured Gen", "PS Old Gen");

    private final MemoryPoolMXBean pool;
    private final boolean clearsOnlyWhenFull;
    private final List<NotificationEmitter> collectors;

    private HeapGauge(MemoryPoolMXBean pool, List<NotificationEmitter> collectors) {
        this.pool = pool;
        this.collectors = collectors;
        this.clearsOnlyWhenFull = !pool.getName().equals(OF_G1);
    }

    /** The gauge of this JVM; empty where it has another collector, or does not tell of collections. */
    static Optional<HeapGauge> ofThisJvm() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool ->
                        MEASURED.contains(pool.getName()) && pool.getUsage().getMax() > 0)
                .findFirst()
                .map(pool -> new HeapGauge(pool, collectorsOf(pool)))
                .filter(gauge -> !gauge.collectors.isEmpty());
    }

    private static List<NotificationEmitter> collectorsOf(MemoryPoolMXBean pool) {
        List<NotificationEmitter> collectors = new ArrayList<>();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter
                    && List.of(collector.getMemoryPoolNames()).contains(pool.getName())) {
                collectors.add(emitter);
            }
        }
        return collectors;
    }

    /**
     * What is in use.
     *
     * @param isExact whether garbage is not among it
     */
    record Reading(long usedBytes, long maxBytes, boolean isExact) {}

    /** @param ofAll whether all of it has just been collected */
    Reading read(boolean ofAll) {
        MemoryUsage now = clearsOnlyWhenFull ? pool.getCollectionUsage() : pool.getUsage();
        return new Reading(now.getUsed(), now.getMax(), clearsOnlyWhenFull || ofAll);
    }

    /** Has {@code guard} told of each collection, until it is closed or nobody else holds it: the JVM must not keep it alive. */
    Runnable tell(HeapGuard guard) {
        WeakReference<HeapGuard> told = new WeakReference<>(guard);
        List<Runnable> stops = new ArrayList<>();
        for (NotificationEmitter collector : collectors) {
            boolean ofAll = ((GarbageCollectorMXBean) collector).getName().equals(ALL_OF_G1);
            NotificationListener listener = new NotificationListener() {
                @Override
                public void handleNotification(javax.management.Notification collection, Object handback) {
                    HeapGuard alive = told.get();
                    if (alive == null) {
                        stop(collector, this);
                    } else {
                        alive.collected(read(ofAll));
                    }
                }
            };
            collector.addNotificationListener(listener, null, null);
            stops.add(() -> stop(collector, listener));
        }
        return () -> stops.forEach(Runnable::run);
    }

    private static void stop(NotificationEmitter collector, NotificationListener listener) {
        try {
            collector.removeNotificationListener(listener);
        } catch (ListenerNotFoundException stopped) { // already: by whoever came first
            return;
        }
    }
}
