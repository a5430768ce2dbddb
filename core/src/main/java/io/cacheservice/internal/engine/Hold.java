package io.cacheservice.internal.engine;

import java.util.concurrent.CompletableFuture;

/** A key that nobody loads and of which nobody sees a value, while its source is being written. */
@FunctionalInterface
interface Hold<V> {
    /** Stores what was written to the source; answers false, and stores nothing, when anybody else wrote the key meanwhile. */
    CompletableFuture<Boolean> fill(Draft<V> draft);
}
