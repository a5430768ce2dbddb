package io.cacheservice.internal.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Collects the keys of one batch that the source must be asked for, so that a bulk loader is asked once. For one thread.
 */
final class BulkAsking<K, V> implements Asking<K, V> {
    private final Loads<K, V> loads;
    private final Map<K, CompletableFuture<Answer<V>>> storing = new LinkedHashMap<>();
    private final Map<K, CompletableFuture<Answer<V>>> passing = new LinkedHashMap<>();
    private @Nullable ReadRequest<K, V> bulkRequest;

    BulkAsking(Loads<K, V> loads) {
        this.loads = loads;
    }

    @Override
    public CompletableFuture<Answer<V>> ask(K key, ReadRequest<K, V> request, boolean store) {
        if (request.bulkLoader() == null) {
            return loads.load(key, request, store);
        }
        bulkRequest = request;
        CompletableFuture<Answer<V>> answer = new CompletableFuture<>();
        (store ? storing : passing).put(key, answer);
        return answer;
    }

    /** Begins the loads of what was collected. */
    void begin() {
        ReadRequest<K, V> request = bulkRequest;
        if (request != null) {
            begin(request, storing, true);
            begin(request, passing, false);
        }
    }

    private void begin(ReadRequest<K, V> request, Map<K, CompletableFuture<Answer<V>>> waiting, boolean store) {
        List<K> keys = List.copyOf(waiting.keySet());
        List<CompletableFuture<Answer<V>>> targets = List.copyOf(waiting.values());
        List<CompletableFuture<Answer<V>>> answers = loads.loadAll(keys, request, store);
        for (int i = 0; i < keys.size(); i++) {
            Futures.onEnd(answers.get(i), Futures.copyTo(targets.get(i)));
        }
    }
}
