package io.cacheservice.internal.engine;

import io.cacheservice.BatchLookup;
import io.cacheservice.BatchOutcome;
import io.cacheservice.CacheException;
import io.cacheservice.Lookup;
import io.cacheservice.WriteOutcome;
import io.cacheservice.internal.futures.Futures;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the outcomes of single reads or writes together. */
final class Batches {
    private Batches() {}

    /** What the answers to {@code keys} are to their reader, who gets nothing of those that are null. */
    static <K, V, R> Map<K, R> values(List<K> keys, List<Answer<V>> answers, Function<Answer<V>, @Nullable R> leaving) {
        Map<K, R> values = new LinkedHashMap<>(keys.size() * 4 / 3 + 1);
        for (int i = 0; i < keys.size(); i++) {
            R value = leaving.apply(answers.get(i));
            if (value != null) {
                values.put(keys.get(i), value);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    /** @param answers to {@code keys}, in their order, all done */
    static <K, V> BatchLookup<K, V> lookups(
            List<K> keys, List<CompletableFuture<Answer<V>>> answers, Function<Answer<V>, Lookup<V>> toLookup) {
        Map<K, Lookup<V>> lookups = new LinkedHashMap<>();
        Map<K, CacheException> failures = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            CompletableFuture<Answer<V>> answer = answers.get(i);
            CacheException failure = Futures.failureOf(answer);
            if (failure == null) {
                lookups.put(keys.get(i), toLookup.apply(answer.join()));
            } else {
                failures.put(keys.get(i), failure);
            }
        }
        return new BatchLookup<>(lookups, failures);
    }

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
            Map<WriteOutcome, Integer> written = new EnumMap<>(WriteOutcome.class);
            Iterator<CompletableFuture<WriteOutcome>> next = writes.iterator();
            for (String key : asked) {
                CacheException failure = refused.get(key);
                if (failure == null) {
                    CompletableFuture<WriteOutcome> write = next.next();
                    failure = Futures.failureOf(write);
                    if (failure == null) {
                        written.merge(write.join(), 1, Integer::sum);
                    }
                }
                if (failure != null) {
                    failures.put(key, failure);
                }
            }
            return new BatchOutcome(
                    written.getOrDefault(WriteOutcome.APPLIED, 0),
                    written.getOrDefault(WriteOutcome.QUEUED, 0),
                    written.getOrDefault(WriteOutcome.LOCAL_ONLY, 0),
                    failures);
        });
    }
}
