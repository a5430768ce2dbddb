package io.cacheservice.internal.engine;

import java.util.concurrent.CompletableFuture;

/** Asks the source for one key that no tier could answer. */
@FunctionalInterface
interface Asking<K, V> {
    /** The answer to come. */
    CompletableFuture<Answer<V>> ask(Loads.Miss<K, V> miss, ReadRequest<K, V> request);
}
