package io.cacheservice.redis;

import io.cacheservice.CacheConfig;
import io.cacheservice.FlushCause;
import io.cacheservice.spi.ChangeListener;
import io.cacheservice.spi.LossListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether the lanes of one tier hear of changes, and who is told. Safe for use by many threads. */
final class Tracking {
    private static final long SHORTEST_INTERVAL_NANOS = Duration.ofMillis(5).toNanos();

    private final boolean wanted;
    private final RefreshLeaseKeys leaseKeys;
    private volatile LossListener losses = LossListener.IGNORED;
    private volatile ChangeListener listener = ChangeListener.IGNORED;
    private final Map<FlushCause, LongAdder> flushes = Arrays.stream(FlushCause.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), cause -> new LongAdder()));
    private volatile long maxStalenessNanos;

    private Tracking(boolean wanted, RefreshLeaseKeys leaseKeys, long maxStalenessNanos) {
        this.wanted = wanted;
        this.leaseKeys = leaseKeys;
        this.maxStalenessNanos = maxStalenessNanos;
    }

    static Tracking of(CacheConfig config) {
        long nanos = TimeUnit.NANOSECONDS.convert(config.maxStaleness());
        return new Tracking(nanos > 0, new RefreshLeaseKeys(config.keyPrefix()), nanos);
    }

    /** The same tier's lanes to servers that hear of no change in time: replicas. */
    Tracking off() {
        return new Tracking(false, leaseKeys, maxStalenessNanos);
    }

    boolean isWanted() {
        return wanted;
    }

    void tell(ChangeListener who) {
        listener = who;
    }

    void tellOfLosses(LossListener who) {
        losses = who;
    }

    /** Who is told of what servers may have forgotten. */
    LossListener losses() {
        return losses;
    }

    /** Many proofs ended at once. */
    void flushed(FlushCause cause) {
        Objects.requireNonNull(flushes.get(cause)).increment();
    }

    /** How often, by cause; what never happened is left out. */
    Map<FlushCause, Long> flushes() {
        Map<FlushCause, Long> counts = new EnumMap<>(FlushCause.class);
        flushes.forEach((cause, count) -> {
            if (count.sum() > 0) {
                counts.put(cause, count.sum());
            }
        });
        return counts;
    }

    /** {@code key} was changed, or may have been. */
    void changed(byte[] key) {
        listener.changed(key);
    }

    /** The server says that {@code key} was changed. The end of a refresh lease is what those wait for who read its entry. */
    void announced(byte[] key) {
        changed(leaseKeys.subject(key));
    }

    synchronized void proveEvery(long boundNanos) {
        maxStalenessNanos = Math.min(maxStalenessNanos, boundNanos);
    }

    /** The shortest bound that anybody keeps. */
    long maxStalenessNanos() {
        return maxStalenessNanos;
    }

    /** How often each lane is probed. */
    long intervalNanos() {
        return Math.max(SHORTEST_INTERVAL_NANOS, maxStalenessNanos / 4);
    }
}
