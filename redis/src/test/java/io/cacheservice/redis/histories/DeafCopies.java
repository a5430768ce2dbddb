package io.cacheservice.redis.histories;

import io.cacheservice.Lookup;
import io.cacheservice.Tier;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A local tier as it must not be: it keeps what was read for a time, and hears of the changes of its own process only. A run
 * that does not find it finds nothing.
 */
final class DeafCopies {
    private final long lifeNanos;
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();

    /** @param life zero for none of it */
    DeafCopies(Duration life) {
        lifeNanos = life.toNanos();
    }

    @SuppressWarnings("unchecked")
    <V> Lookup<V> read(String key, Supplier<Lookup<V>> behind) {
        if (lifeNanos == 0) {
            return behind.get();
        }
        long now = System.nanoTime();
        Copy copy = copies.get(key);
        if (copy != null && now - copy.nanos < lifeNanos) {
            return (Lookup<V>) copy.found;
        }
        Lookup<V> found = behind.get();
        copies.put(key, new Copy(local(found), now));
        return found;
    }

    void remove(String key) {
        copies.remove(key);
    }

    private static <V> Lookup<V> local(Lookup<V> found) {
        return found instanceof Lookup.Hit<V> hit
                ? new Lookup.Hit<>(
                        hit.valueOrNull(),
                        Tier.LOCAL,
                        hit.age(),
                        hit.remaining(),
                        hit.stale(),
                        hit.reason(),
                        hit.version(),
                        hit.contentType())
                : new Lookup.Absent<>(Tier.LOCAL, found.reason());
    }

    private record Copy(Lookup<?> found, long nanos) {}
}
