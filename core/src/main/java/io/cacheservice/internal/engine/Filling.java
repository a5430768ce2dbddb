package io.cacheservice.internal.engine;

import io.cacheservice.internal.local.Entry;
import java.util.concurrent.CompletableFuture;

/** What a load gave, ready to be stored. Runs no code of users, and may be used under a lock. */
@FunctionalInterface
interface Filling<V> {
    /** Stores it, or sends it. */
    CompletableFuture<Entry<V>> begin();

    /** It could not be stored: keeps {@code unstored} in this process alone, where that is done. */
    default void keep(Entry<V> unstored) {}
}
