package io.cacheservice.internal.engine;

import io.cacheservice.TimeSource;
import io.cacheservice.internal.engine.HeapGauge.Reading;
import io.cacheservice.internal.local.HeapPressure;
import io.cacheservice.internal.local.HeapPressure.Verdict;
import io.cacheservice.internal.local.LocalTier;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets the local tiers of a service make room while the heap has little left ({@code heapPressure}). Told of each collection, on
 * a thread of the JVM. Safe for use by many threads.
 */
final class HeapGuard implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.cacheservice");
    /** How long what was given back may still be garbage in the heap. */
    private static final long COLLECTED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Long enough for the first answers to come before, short enough that no heap fills meanwhile. */
    private static final long SOON_MILLIS = 200;

    private final HeapPressure pressure;
    private final Supplier<List<LocalTier>> tiers;
    private final TimeSource time;
    private boolean isClosed;
    private Runnable stop = () -> {};
    private long givenBackBytes;
    private long givenBackAtNanos;
    private boolean isReduced;

    HeapGuard(HeapPressure pressure, Supplier<List<LocalTier>> tiers, TimeSource time) {
        this.pressure = pressure;
        this.tiers = tiers;
        this.time = time;
    }

    /** Is told of collections soon: a tenth of what it takes to open a service would go into asking the JVM for them. */
    void startSoon() {
        // a service that was closed and forgotten meanwhile is not held by this
        WeakReference<HeapGuard> guard = new WeakReference<>(this);
        Timer.later(SOON_MILLIS, () -> {
            HeapGuard waiting = guard.get();
            if (waiting != null) {
                waiting.start();
            }
        });
    }

    /** Is told of collections from now on, where this JVM tells of them. */
    synchronized void start() {
        if (!isClosed) {
            HeapGauge.ofThisJvm().ifPresent(gauge -> stop = gauge.tell(this));
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        stop.run();
    }

    /** The heap was collected, and {@code heap} is in use. */
    synchronized void collected(Reading heap) {
        long nowNanos = time.nanoTime();
        if (heap.isExact() || nowNanos - givenBackAtNanos > COLLECTED_AFTER_NANOS) {
            givenBackBytes = 0;
        }
        Verdict verdict = pressure.verdict(heap.usedBytes(), heap.maxBytes(), givenBackBytes);
        List<LocalTier> all = tiers.get();
        if (verdict instanceof Verdict.GiveBack giveBack) {
            giveBack(all, giveBack.bytes(), nowNanos);
        } else if (verdict instanceof Verdict.Regain regain && isReduced) {
            long maxBytes = sum(all, true);
            all.forEach(tier -> tier.regain(part(regain.bytes(), tier.maxBytes(), maxBytes)));
        }
        tell(heap, all);
    }

    private void giveBack(List<LocalTier> all, long bytes, long nowNanos) {
        long heldBytes = all.stream().mapToLong(LocalTier::usedBytes).sum();
        for (LocalTier tier : all) {
            givenBackBytes += tier.giveBack(part(bytes, tier.usedBytes(), heldBytes));
        }
        givenBackAtNanos = nowNanos;
    }

    private static long part(long bytes, long ofOne, long ofAll) {
        return ofAll == 0 ? 0 : (long) ((double) bytes * ofOne / ofAll);
    }

    private static long sum(List<LocalTier> all, boolean asSet) {
        return all.stream()
                .mapToLong(tier -> asSet ? tier.maxBytes() : tier.boundBytes())
                .sum();
    }

    private void tell(Reading heap, List<LocalTier> all) {
        long boundBytes = sum(all, false);
        boolean reducedNow = boundBytes < sum(all, true);
        if (reducedNow && !isReduced) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the heap has little room left: {0} of {1} bytes are in use after a collection, more than heapPressure ="
                            + " {2} allows. Entries in this process make room: they are bounded by {3} bytes for now. Give the"
                            + " JVM more heap, or set maxMemory or localMaxMemory lower",
                    Long.toString(heap.usedBytes()),
                    Long.toString(heap.maxBytes()),
                    Double.toString(pressure.most()),
                    Long.toString(boundBytes));
        } else if (!reducedNow && isReduced) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the heap has room again: entries in this process are bounded by {0} bytes, as is set",
                    Long.toString(boundBytes));
        }
        isReduced = reducedNow;
    }
}
