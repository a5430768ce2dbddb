package io.cacheservice.internal.coherence;

import io.cacheservice.EntryDetails.Standing;
import org.jspecify.annotations.Nullable;

/** Where a copy is held; one of perhaps several of a token. */
final class Holding<K, V> {
    private final Copies<K, V> copies;
    private final K key;
    private final LocalCopy<V> copy;
    private @Nullable Holding<?, ?> next;

    Holding(Copies<K, V> copies, K key, LocalCopy<V> copy) {
        this.copies = copies;
        this.key = key;
        this.copy = copy;
    }

    LocalCopy<V> copy() {
        return copy;
    }

    /** Whether a read at {@code nowNanos} could be given this copy. */
    boolean isUsable(long nowNanos) {
        return copy.standing(nowNanos, maxStalenessNanos()) == Standing.USABLE && copies.held(key) == copy;
    }

    long maxStalenessNanos() {
        return copies.maxStalenessNanos();
    }

    @Nullable
    Holding<?, ?> next() {
        return next;
    }

    void setNext(@Nullable Holding<?, ?> next) {
        this.next = next;
    }

    void drop() {
        copies.map().remove(key, copy);
    }
}
