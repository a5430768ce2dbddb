package io.cacheservice.internal.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Remembers for a short time which loads have failed. */
final class FailedLoads<K> {
    private final ConcurrentHashMap<K, Failure> failures = new ConcurrentHashMap<>();
    private final long ttlNanos;

    private record Failure(Throwable cause, long untilNanos) {}

    FailedLoads(long ttlMillis) {
        this.ttlNanos = TimeUnit.MILLISECONDS.toNanos(ttlMillis);
    }

    @Nullable
    Throwable remembered(K key, long nowNanos) {
        Failure failure = failures.isEmpty() ? null : failures.get(key);
        if (failure == null) {
            return null;
        }
        if (nowNanos - failure.untilNanos() < 0) {
            return failure.cause();
        }
        failures.remove(key, failure);
        return null;
    }

    void failed(K key, Throwable cause, long nowNanos) {
        if (ttlNanos > 0) {
            failures.put(key, new Failure(cause, nowNanos + ttlNanos));
        }
    }

    void succeeded(K key) {
        if (!failures.isEmpty()) {
            failures.remove(key);
        }
    }
}
