package io.cacheservice.internal.engine;

import io.cacheservice.BatchOutcome;
import io.cacheservice.CacheException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Puts the outcomes of single writes together. */
final class Batches {
    private Batches() {}

    /** Completed when all writes are done; never exceptionally. */
    static CompletableFuture<BatchOutcome> outcome(
            List<String> keys, List<? extends CompletableFuture<?>> writes, Map<String, CacheException> refused) {
        return Futures.map(Futures.allDone(writes), nothing -> {
            Map<String, CacheException> failures = new LinkedHashMap<>(refused);
            for (int i = 0; i < keys.size(); i++) {
                CacheException failure = Futures.failureOf(writes.get(i));
                if (failure != null) {
                    failures.put(keys.get(i), failure);
                }
            }
            return new BatchOutcome(keys.size() + refused.size() - failures.size(), failures);
        });
    }
}
