package io.cacheservice.internal.engine;

import java.util.concurrent.CompletableFuture;

/** Asks the source for one key that no tier could answer. */
@FunctionalInterface
interface Asking<K, V> {
    /** The answer to come; {@code storing}: whether it is to be stored. */
    CompletableFuture<Answer<V>> ask(K key, ReadRequest<K, V> request, boolean storing);
}
