package io.cacheservice.internal.engine;

import io.cacheservice.BatchOutcome;
import io.cacheservice.CacheException;
import io.cacheservice.WriteOutcome;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Puts the outcomes of single writes together. */
final class Batches {
    private Batches() {}

    /**
     * Completed when all writes are done; never exceptionally.
     *
     * @param asked every key, in the order of the request
     * @param writes the outcomes of those that were not refused before, in the same order
     * @param refused the errors of those that were
     */
    static CompletableFuture<BatchOutcome> outcome(
            Collection<String> asked,
            List<CompletableFuture<WriteOutcome>> writes,
            Map<String, CacheException> refused) {
        return Futures.map(Futures.allDone(writes), nothing -> {
            Map<String, CacheException> failures = new LinkedHashMap<>();
            int queued = 0;
            Iterator<CompletableFuture<WriteOutcome>> next = writes.iterator();
            for (String key : asked) {
                CacheException failure = refused.get(key);
                if (failure == null) {
                    CompletableFuture<WriteOutcome> write = next.next();
                    failure = Futures.failureOf(write);
                    queued += failure == null && write.join() == WriteOutcome.QUEUED ? 1 : 0;
                }
                if (failure != null) {
                    failures.put(key, failure);
                }
            }
            return new BatchOutcome(asked.size() - queued - failures.size(), queued, failures);
        });
    }
}
