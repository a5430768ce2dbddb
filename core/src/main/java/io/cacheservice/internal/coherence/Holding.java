package io.cacheservice.internal.coherence;

import io.cacheservice.internal.local.LocalMap;
import org.jspecify.annotations.Nullable;

/** Where a copy is held; one of perhaps several of a token. */
final class Holding<K, V> {
    private final LocalMap<K, V> map;
    private final K key;
    private final LocalCopy<V> copy;
    private @Nullable Holding<?, ?> next;

    Holding(LocalMap<K, V> map, K key, LocalCopy<V> copy) {
        this.map = map;
        this.key = key;
        this.copy = copy;
    }

    LocalCopy<V> copy() {
        return copy;
    }

    @Nullable
    Holding<?, ?> next() {
        return next;
    }

    void setNext(@Nullable Holding<?, ?> next) {
        this.next = next;
    }

    void drop() {
        map.remove(key, copy);
    }
}
