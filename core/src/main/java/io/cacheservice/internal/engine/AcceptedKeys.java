package io.cacheservice.internal.engine;

import io.cacheservice.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose changes Redis has accepted lately, in their order: what a server may forget that copies to its replicas, or
 * writes to its log, after it has answered. Bounded; safe for use by many threads.
 */
final class AcceptedKeys {
    /** Longer than replicas and logs lag behind where anybody would still use them. */
    static final Duration MEMORY = Duration.ofSeconds(30);

    private final int capacity;
    private final TimeSource time;
    private final ArrayDeque<Accepted> latest = new ArrayDeque<>();
    private @Nullable Accepted forgotten;

    /** @param capacity how many are remembered at most; above zero */
    AcceptedKeys(int capacity, TimeSource time) {
        this.capacity = capacity;
        this.time = time;
    }

    /** A change of {@code key} was accepted. The array must not be changed. */
    void add(byte[] key) {
        long now = time.nanoTime();
        synchronized (latest) {
            for (Accepted oldest = latest.peekFirst();
                    oldest != null && isOld(oldest, now);
                    oldest = latest.peekFirst()) {
                latest.pollFirst();
            }
            if (latest.size() == capacity) {
                forgotten = latest.pollFirst();
            }
            latest.addLast(new Accepted(key, now));
        }
    }

    /** Those that are young enough to be lost, the oldest first; null: there were too many to know. */
    @Nullable
    List<byte[]> latest() {
        long now = time.nanoTime();
        List<byte[]> keys = new ArrayList<>();
        synchronized (latest) {
            Accepted first = forgotten;
            if (first != null && !isOld(first, now)) {
                return null;
            }
            for (Accepted each : latest) {
                if (!isOld(each, now)) {
                    keys.add(each.key);
                }
            }
        }
        return keys;
    }

    private static boolean isOld(Accepted accepted, long nowNanos) {
        return nowNanos - accepted.atNanos > MEMORY.toNanos();
    }

    private static final class Accepted {
        final byte[] key;
        final long atNanos;

        Accepted(byte[] key, long atNanos) {
            this.key = key;
            this.atNanos = atNanos;
        }
    }
}
