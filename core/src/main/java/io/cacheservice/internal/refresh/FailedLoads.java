package io.cacheservice.internal.refresh;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose last load failed, and until when they are not to be loaded again: else every read of such a key would ask a
 * source that has just shown that it cannot answer.
 *
 * <p>A failure that nobody is shielded from is remembered for {@code errorTtl} only: readers get the error, and must not get
 * it for long. Where readers are given a stale value meanwhile, the pauses grow ({@link Backoff}).
 *
 * <p>Holds a bounded number of keys. When it is full, the one whose pause ends first makes room, so the ones whose pause is
 * over go before all others. How often a key has failed is known for one longest pause after its last pause has ended.
 *
 * <p>Safe for use by many threads. Looking up takes no lock, and is one check of emptiness while nothing has failed.
 *
 * @param <K> the key
 */
public final class FailedLoads<K> {
    /** As many keys as are remembered if nothing else is said. */
    public static final int USUAL_CAPACITY = 10_000;

    private final Backoff backoff;
    private final long errorTtlNanos;
    private final int capacity;
    private final RandomGenerator random;
    private final ConcurrentHashMap<K, Remembered<K>> byKey = new ConcurrentHashMap<>();
    /** The same, first those whose pause ends first. Guarded by this object, as are all changes. */
    private final TreeSet<Remembered<K>> byEnd = new TreeSet<>(Remembered.BY_END);

    private long recorded;

    private record Remembered<K>(K key, Failure failure, long number) {
        /** Times are compared by difference: {@code nanoTime} may pass the largest number. */
        static final Comparator<Remembered<?>> BY_END = (one, other) -> {
            long difference = one.failure().untilNanos() - other.failure().untilNanos();
            return difference == 0 ? Long.compare(one.number(), other.number()) : Long.signum(difference);
        };
    }

    /**
     * Remembers nothing yet.
     *
     * @param backoff the pauses of keys that have a stale value
     * @param errorTtlNanos the pause of keys that have none; zero or more
     * @param capacity how many keys are remembered at most; above zero
     * @param random the dice of the pauses
     */
    public FailedLoads(Backoff backoff, long errorTtlNanos, int capacity, RandomGenerator random) {
        if (errorTtlNanos < 0 || capacity <= 0) {
            throw new IllegalArgumentException("errorTtl " + errorTtlNanos + " ns with room for " + capacity
                    + " keys is refused: expected zero or more, and above zero");
        }
        this.backoff = backoff;
        this.errorTtlNanos = errorTtlNanos;
        this.capacity = capacity;
        this.random = random;
    }

    /**
     * The failure because of which {@code key} is not to be loaded at {@code nowNanos}; null: it may be. That readers were
     * given a stale value when it failed is no reason to give the error for long to one who has none any more.
     *
     * @param hasStaleValue whether who asks can be given an older value instead
     */
    public @Nullable Failure barring(K key, boolean hasStaleValue, long nowNanos) {
        if (byKey.isEmpty()) {
            return null;
        }
        Remembered<K> remembered = byKey.get(key);
        return remembered != null && remembered.failure().barsAt(hasStaleValue, nowNanos) ? remembered.failure() : null;
    }

    /**
     * A load of {@code key} has failed.
     *
     * @param cause what the loader threw
     * @param hasStaleValue whether readers can be given an older value until it is loaded
     * @param nowNanos when it failed
     * @return what is remembered of it
     */
    public synchronized Failure failed(K key, Throwable cause, boolean hasStaleValue, long nowNanos) {
        forgetOver(nowNanos);
        Remembered<K> before = byKey.get(key);
        int inARow = before == null ? 1 : before.failure().failuresInARow() + 1;
        long pauseNanos = hasStaleValue ? backoff.pauseNanos(inARow, random.nextDouble()) : errorTtlNanos;
        Failure failure =
                new Failure(cause, inARow, nowNanos + pauseNanos, nowNanos + Math.min(pauseNanos, errorTtlNanos));
        if (before != null) {
            byEnd.remove(before);
        } else if (byEnd.size() == capacity) {
            forget(byEnd.first());
        }
        Remembered<K> remembered = new Remembered<>(key, failure, recorded++);
        byEnd.add(remembered);
        byKey.put(key, remembered);
        return failure;
    }

    /** A value of {@code key} was loaded or written: the next failure is the first. */
    public void succeeded(K key) {
        if (!byKey.isEmpty() && byKey.containsKey(key)) {
            forgetKey(key);
        }
    }

    /** How many keys are remembered; at most the capacity. */
    public int size() {
        return byKey.size();
    }

    private synchronized void forgetKey(K key) {
        Remembered<K> remembered = byKey.get(key);
        if (remembered != null) {
            forget(remembered);
        }
    }

    private void forgetOver(long nowNanos) {
        while (!byEnd.isEmpty() && nowNanos - byEnd.first().failure().untilNanos() >= backoff.longestNanos()) {
            forget(byEnd.first());
        }
    }

    private void forget(Remembered<K> remembered) {
        byEnd.remove(remembered);
        byKey.remove(remembered.key());
    }
}
